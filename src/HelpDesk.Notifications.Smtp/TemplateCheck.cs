using Fluid;
using Fluid.Ast;

namespace HelpDesk.Notifications.Smtp;

/// <summary>Finds in a template what would come out empty or fail in a mail: a variable or filter that does not exist.</summary>
internal sealed class TemplateCheck : AstVisitor
{
    /// <summary>Every variable that a template can use, and what it has.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Variables = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["kind"] = [],
        ["language"] = [],
        ["recipient"] = ["name", "is_agent", "is_assignee"],
        ["sender"] = ["name"],
        ["ticket"] = ["number", "subject", "status", "priority", "category", "requester", "assignee"],
        ["message"] = ["author", "body", "lines", "is_cut", "is_note", "files", "created_at"],
        ["targets"] = ["first", "last", "size"],
        ["link"] = [],
        ["can_reply"] = [],
        ["subject"] = [],
        ["sentences"] = ["first", "last", "size"],
    };

    private readonly TemplateOptions options;
    private readonly string text;
    // What the template itself names; its members are not looked at.
    private readonly HashSet<string> own = new(StringComparer.Ordinal) { "forloop" };
    private readonly List<string> errors = [];

    private TemplateCheck(TemplateOptions options, string text)
    {
        this.options = options;
        this.text = text;
    }

    public static List<string> Errors(IFluidTemplate template, TemplateOptions options, string text)
    {
        var check = new TemplateCheck(options, text);
        check.VisitTemplate(template);
        return check.errors;
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        var names = memberExpression.Segments.OfType<IdentifierSegment>().Select(segment => segment.Identifier).ToList();
        if (names.Count > 0 && !own.Contains(names[0]) && !Exists(names))
            Add(string.Join('.', names), "there is no variable");
        return base.VisitMemberExpression(memberExpression);
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!options.Filters.TryGetValue(filterExpression.Name, out _))
            Add(filterExpression.Name, "there is no filter");
        return base.VisitFilterExpression(filterExpression);
    }

    protected override Statement VisitIncludeStatement(IncludeStatement includeStatement) => NoFiles(includeStatement, "include");

    protected override Statement VisitRenderStatement(RenderStatement renderStatement) => NoFiles(renderStatement, "render");

    protected override Statement VisitFromStatement(FromStatement fromStatement) => NoFiles(fromStatement, "from");

    protected override Statement VisitAssignStatement(AssignStatement assignStatement)
    {
        own.Add(assignStatement.Identifier);
        return base.VisitAssignStatement(assignStatement);
    }

    protected override Statement VisitCaptureStatement(CaptureStatement captureStatement)
    {
        own.Add(captureStatement.Identifier);
        return base.VisitCaptureStatement(captureStatement);
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        own.Add(forStatement.Identifier);
        return base.VisitForStatement(forStatement);
    }

    private static bool Exists(List<string> names) =>
        Variables.TryGetValue(names[0], out var members) && (names.Count == 1 || (members.Contains(names[1]) && (names.Count == 2 || names[1] is "first" or "last" or "lines" or "files")));

    private Statement NoFiles(Statement statement, string tag)
    {
        Add(tag, "templates cannot use other files, so there is no tag");
        return statement;
    }

    // The tree does not know where it came from; the place where the name first occurs is what helps.
    private void Add(string name, string what)
    {
        var at = text.IndexOf(name, StringComparison.Ordinal);
        var line = 1 + text.AsSpan(0, Math.Max(at, 0)).Count('\n');
        errors.Add($"line {line}: {what} '{name}'.");
    }
}
