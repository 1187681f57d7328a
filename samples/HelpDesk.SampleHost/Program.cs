using HelpDesk;
using HelpDesk.SampleHost;
using HelpDesk.SampleHost.Data;
using HelpDesk.SampleHost.Demo;
using Microsoft.AspNetCore.Identity;

var builder = WebApplication.CreateBuilder(DemoSwitch.Expand(args));
builder.ListenByDefaultOn("http://localhost:5080");
// The portal's files lie in their package until the host is published: outside of Development they have to be asked for.
builder.WebHost.UseStaticWebAssets();

// The host's own: its database, accounts, sign-in page, health and OpenAPI.
builder.Services.AddAppDatabase();
builder.Services.AddAuthorization();
builder.Services.AddIdentityApiEndpoints<AppUser>()
    .AddRoles<IdentityRole>()
    .AddEntityFrameworkStores<AppDbContext>();
builder.Services.AddRazorPages();
builder.Services.AddHealthChecks().AddHelpDesk();
builder.Services.AddOpenApi(options => options.DescribeAudiences());

// The help desk, on the host's database and users.
var helpDesk = builder.Services.AddHelpDesk(builder.Configuration.GetSection("HelpDesk"))
    .UseDbContext<AppDbContext>()
    .UseIdentity<AppUser>()
    .AddWebhooks(builder.Configuration.GetSection("HelpDesk:Webhooks"))
    .AddEscalation();
// A host with a mail server, a bucket, Mailgun or a pickup folder just adds it. This one shall also run without.
if (builder.Configuration.HasMailServer())
    helpDesk.AddSmtpNotifications();
if (builder.Configuration.HasS3())
    helpDesk.UseS3Attachments();
if (builder.Configuration.HasMailgun())
    helpDesk.AddMailgunInbound();
if (builder.Configuration.HasPickupFolder())
    helpDesk.AddPickupFolderInbound();

// Something to try it with.
if (builder.Environment.IsDevelopment())
    builder.Services.AddHostedService<DemoAccounts>();
if (builder.Configuration.GetValue<bool>("Demo"))
    builder.Services.AddHostedService<DemoTickets>();

var app = builder.Build();
app.MapGroup("/identity").MapIdentityApi<AppUser>().WithTags("Identity");
app.MapStaticAssets();
app.MapRazorPages();
app.MapGet("/", () => Results.LocalRedirect("/support")).ExcludeFromDescription();
app.MapHelpDesk("/helpdesk");
app.MapHelpDeskPortal("/support", portal =>
{
    portal.SignInPath = "/sign-in";
    portal.SignOutPath = "/sign-out";
});
if (app.Configuration.HasMailgun())
    app.MapMailgunInbound("/hooks/mailgun");
app.MapOpenApi();
app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
app.MapHealthChecks("/health/ready");
app.PrintWelcome();
app.Run();
