namespace HelpDesk.Specification.Infrastructure;

/// <summary>Real mails that are not part of this project, where they can be had.</summary>
/// <remarks>They are looked for in the folder that <c>HELPDESK_MAIL_CORPUS</c> names, else in <c>shared/corpus</c> beside the checkout.</remarks>
public static class MailCorpus
{
    public const string FolderVariable = "HELPDESK_MAIL_CORPUS";

    /// <summary>The folder; skips the test when there is none.</summary>
    public static string Require()
    {
        var folder = Find();
        if (folder is null || !Directory.Exists(folder))
        {
            Requirement.Missing($"There is no mail corpus{(folder is null ? "" : $" at {folder}")}: set {FolderVariable} to its folder.", mayFail: false);
        }

        return folder;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
        {
            return named;
        }

        var checkout = new DirectoryInfo(AppContext.BaseDirectory);
        while (checkout is not null && !File.Exists(Path.Combine(checkout.FullName, "HelpDesk.sln")))
        {
            checkout = checkout.Parent;
        }

        return checkout?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "corpus") : null;
    }
}
