using HelpDesk.AspNetCore.Attachments;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>Attachments are not kept where the host serves files to everybody.</summary>
public sealed class AttachmentPathTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "app"));

    [Theory]
    [InlineData("wwwroot")]
    [InlineData("wwwroot/")]
    [InlineData("wwwroot/uploads")]
    [InlineData("./App_Data/../wwwroot/uploads/deep")]
    [InlineData("{root}/wwwroot/uploads")]
    public void A_folder_in_the_web_root_is_an_error_that_names_the_key(string path)
    {
        var result = Validate(path, Path.Combine(Root, "wwwroot"));

        Assert.Contains("HelpDesk:Attachments:Path", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("web root", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("App_Data/helpdesk")]
    [InlineData("wwwroot-files")]
    [InlineData("wwwroot/../files")]
    [InlineData("{root}")]
    public void A_folder_beside_the_web_root_is_none(string path) => Assert.True(Validate(path, Path.Combine(Root, "wwwroot")).Succeeded);

    [Fact]
    public void A_host_without_web_root_would_have_one_from_its_next_start_on()
    {
        Assert.False(Validate("wwwroot/files", "").Succeeded);
        Assert.True(Validate("files", "").Succeeded);
        Assert.True(new AttachmentPathValidator().Validate(null, new HelpDeskOptions()).Succeeded);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string path, string webRoot)
    {
        var options = new HelpDeskOptions { Attachments = { Path = path.Replace("{root}", Root, StringComparison.Ordinal) } };
        return new AttachmentPathValidator(new Environment { ContentRootPath = Root, WebRootPath = webRoot }).Validate(null, options);
    }

    private sealed class Environment : IWebHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public string WebRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public IFileProvider WebRootFileProvider { get; set; } = new NullFileProvider();
    }
}
