using HelpDesk.AspNetCore.Reports;

namespace HelpDesk.AspNetCore.Tests.Reports;

/// <summary>What no subject can hold, since it is one line, but a name of the host's may.</summary>
public sealed class FormulaGuardTests
{
    [Theory]
    [InlineData("\t", "'\t")]
    [InlineData("\tText", "'\tText")]
    [InlineData("\rText", "'\rText")]
    [InlineData("\nText", "'\nText")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("a\r\n=1", "a\r\n'=1")]
    [InlineData("a\t-1\t@b", "a\t'-1\t'@b")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("\0=1", "'\0=1")]
    [InlineData("''=1", "'''=1")]
    [InlineData("", "")]
    public void An_apostrophe_stands_before_what_would_be_a_formula(string text, string inert) => Assert.Equal(inert, FormulaGuard.Disarm(text));
}
