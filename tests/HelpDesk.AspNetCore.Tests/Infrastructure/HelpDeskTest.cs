namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>The plain host, shared by the tests of one class; each works with tickets of its own.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private TestHelpDesk? host;

    internal TestHelpDesk Host => host!;

    public async ValueTask InitializeAsync() => host = await TestHelpDesk.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
            await host.DisposeAsync();
    }
}

/// <summary>A test on the plain host.</summary>
public abstract class HelpDeskTest(SharedHost shared) : IClassFixture<SharedHost>, IAsyncLifetime
{
    private protected TestHelpDesk Host => shared.Host;

    private protected Caller Alice { get; private set; } = null!;

    private protected Caller Bob { get; private set; } = null!;

    private protected Caller Ann { get; private set; } = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Alice = await Host.AsAsync(Users.Alice);
        Bob = await Host.AsAsync(Users.Bob);
        Ann = await Host.AsAsync(Users.Ann);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
