using HelpDesk;
using HelpDesk.Overrides.Company;
using HelpDesk.Overrides.Policies;
using HelpDesk.Overrides.Scheduling;

var builder = WebApplication.CreateBuilder(args);

// The host's own: its users and customers, its database, its sign-in, its scheduler.
builder.AddUsersAndCustomers();
builder.AddAppDatabase();
builder.Services.AddAuthentication().AddApiKeys();
builder.AddQuartzScheduler();

// The help desk, with three policies of the host's. Without AddEscalation(): the host's scheduler does that.
var helpDesk = builder.Services.AddHelpDesk(builder.Configuration.GetSection("HelpDesk"))
    .UseDbContext<AppDbContext>()
    .UseUserDirectory<AppUserDirectory>()
    .UseAssignmentStrategy<SkillAssignment>()
    .UseSlaPolicy<ContractSla>()
    .UseTicketNumberGenerator<TenantNumbers>();
if (!string.IsNullOrEmpty(builder.Configuration["ClamAv:Host"]))
    helpDesk.UseAttachmentScanner<ClamAvScanner>();

var app = builder.Build();
app.CreateAppDatabase();
app.MapHelpDesk("/helpdesk");
app.Run();
