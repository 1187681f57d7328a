using HelpDesk.Inbound;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>A provider of mail that believes what a header of the test says.</summary>
internal sealed class TestMailSource : IInboundSource
{
    public const string VerdictHeader = "X-Test-Verdict";

    public string Name => "test";

    public SenderVerdict Judge(SenderClaim claim) =>
        claim.Headers.Where(header => header.Key == VerdictHeader).Select(header => header.Value.Trim()).ToList() is [var verdict] ? Enum.Parse<SenderVerdict>(verdict, ignoreCase: true) : SenderVerdict.Unknown;
}
