using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HelpDesk.SampleHost.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AspNetRoles",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    Name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    NormalizedName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetRoles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUsers",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    UserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    Email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordHash = table.Column<string>(type: "text", nullable: true),
                    SecurityStamp = table.Column<string>(type: "text", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "text", nullable: true),
                    PhoneNumber = table.Column<string>(type: "text", nullable: true),
                    PhoneNumberConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUsers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskAgents",
                columns: table => new
                {
                    AgentId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    IsAvailable = table.Column<bool>(type: "boolean", nullable: false),
                    MaxOpenTickets = table.Column<int>(type: "integer", nullable: true),
                    OpenTickets = table.Column<int>(type: "integer", nullable: false),
                    Assignments = table.Column<long>(type: "bigint", nullable: false),
                    LastAssignedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskAgents", x => x.AgentId);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskCounters",
                columns: table => new
                {
                    Scope = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskCounters", x => x.Scope);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskIdempotencyKeys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ActorId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Route = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    MessageId = table.Column<Guid>(type: "uuid", nullable: true),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskIdempotencyKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskInboundMail",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Source = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    DeliveryKey = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    DuplicateKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    StorageKey = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Sender = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    Recipient = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    From = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    Subject = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    InternetMessageId = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    Excerpt = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    State = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    Remarks = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: true),
                    MessageId = table.Column<Guid>(type: "uuid", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    ReceivedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskInboundMail", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskSavedReplies",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OwnerId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Title = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Body = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    Shared = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskSavedReplies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskTickets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    RequesterId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    RequesterParticipantId = table.Column<Guid>(type: "uuid", nullable: false),
                    AssigneeId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    Subject = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Status = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    Priority = table.Column<int>(type: "integer", nullable: false),
                    Category = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Channel = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    LinkedTicketId = table.Column<Guid>(type: "uuid", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    PublicUpdatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    PublicVersion = table.Column<Guid>(type: "uuid", nullable: false),
                    LastSequence = table.Column<long>(type: "bigint", nullable: false),
                    LastMessageId = table.Column<Guid>(type: "uuid", nullable: true),
                    LastPublicMessageId = table.Column<Guid>(type: "uuid", nullable: true),
                    ResolvedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    EscalatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    FirstRespondedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    AwaitingReplySince = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    DueAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    DueSort = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    SlaCheckAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    QueuedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskTickets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskUploads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StorageKey = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    OwnerKind = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    OwnerId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    FileName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    ContentType = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskUploads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AspNetRoleClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RoleId = table.Column<string>(type: "text", nullable: false),
                    ClaimType = table.Column<string>(type: "text", nullable: true),
                    ClaimValue = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetRoleClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AspNetRoleClaims_AspNetRoles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "AspNetRoles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<string>(type: "text", nullable: false),
                    ClaimType = table.Column<string>(type: "text", nullable: true),
                    ClaimValue = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AspNetUserClaims_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "text", nullable: false),
                    ProviderKey = table.Column<string>(type: "text", nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "text", nullable: true),
                    UserId = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_AspNetUserLogins_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserRoles",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", nullable: false),
                    RoleId = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserRoles", x => new { x.UserId, x.RoleId });
                    table.ForeignKey(
                        name: "FK_AspNetUserRoles_AspNetRoles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "AspNetRoles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AspNetUserRoles_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserTokens",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", nullable: false),
                    LoginProvider = table.Column<string>(type: "text", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_AspNetUserTokens_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskAgentCategories",
                columns: table => new
                {
                    AgentId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Category = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskAgentCategories", x => new { x.AgentId, x.Category });
                    table.ForeignKey(
                        name: "FK_HelpDeskAgentCategories_HelpDeskAgents_AgentId",
                        column: x => x.AgentId,
                        principalTable: "HelpDeskAgents",
                        principalColumn: "AgentId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskAudit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    ActorId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    ActorKind = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    Via = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Action = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Changes = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskAudit", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HelpDeskAudit_HelpDeskTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "HelpDeskTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskEvents",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketSequence = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    IsPublic = table.Column<bool>(type: "boolean", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    Payload = table.Column<string>(type: "text", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskEvents", x => x.Seq);
                    table.UniqueConstraint("AK_HelpDeskEvents_Id", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HelpDeskEvents_HelpDeskTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "HelpDeskTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskMessages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    AuthorId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    AuthorParticipantId = table.Column<Guid>(type: "uuid", nullable: true),
                    AuthorKind = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    Body = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    HasHtml = table.Column<bool>(type: "boolean", nullable: false),
                    HasQuoted = table.Column<bool>(type: "boolean", nullable: false),
                    IsPrivate = table.Column<bool>(type: "boolean", nullable: false),
                    Channel = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskMessages", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HelpDeskMessages_HelpDeskTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "HelpDeskTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskNotifications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    EventId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sender = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketSequence = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    ParticipantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    IsAutomatic = table.Column<bool>(type: "boolean", nullable: false),
                    PlannedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    MessageId = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    State = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    SentAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Error = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskNotifications", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HelpDeskNotifications_HelpDeskTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "HelpDeskTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskParticipants",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    Email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    ReplyToken = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false),
                    Undeliverable = table.Column<bool>(type: "boolean", nullable: false),
                    NoAutomaticMail = table.Column<bool>(type: "boolean", nullable: false),
                    Complained = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskParticipants", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HelpDeskParticipants_HelpDeskTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "HelpDeskTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskPresence",
                columns: table => new
                {
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Mode = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    Until = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskPresence", x => new { x.TicketId, x.AgentId });
                    table.ForeignKey(
                        name: "FK_HelpDeskPresence_HelpDeskTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "HelpDeskTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskTargets",
                columns: table => new
                {
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    Instance = table.Column<int>(type: "integer", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    DueSetBy = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    MetAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    WarnedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    BreachedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskTargets", x => new { x.TicketId, x.Kind, x.Instance });
                    table.ForeignKey(
                        name: "FK_HelpDeskTargets_HelpDeskTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "HelpDeskTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskDeliveries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    EventId = table.Column<Guid>(type: "uuid", nullable: false),
                    Handler = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Recipient = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketSequence = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", unicode: false, maxLength: 32, nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextAttemptAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Error = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskDeliveries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HelpDeskDeliveries_HelpDeskEvents_EventId",
                        column: x => x.EventId,
                        principalTable: "HelpDeskEvents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskAttachments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    FileName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    ContentType = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    ContentId = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    StorageKey = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskAttachments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HelpDeskAttachments_HelpDeskMessages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "HelpDeskMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HelpDeskMessageOriginals",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                    Text = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    Html = table.Column<string>(type: "text", maxLength: -1, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HelpDeskMessageOriginals", x => x.MessageId);
                    table.ForeignKey(
                        name: "FK_HelpDeskMessageOriginals_HelpDeskMessages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "HelpDeskMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetRoleClaims_RoleId",
                table: "AspNetRoleClaims",
                column: "RoleId");

            migrationBuilder.CreateIndex(
                name: "RoleNameIndex",
                table: "AspNetRoles",
                column: "NormalizedName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserClaims_UserId",
                table: "AspNetUserClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserLogins_UserId",
                table: "AspNetUserLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserRoles_RoleId",
                table: "AspNetUserRoles",
                column: "RoleId");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "AspNetUsers",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "AspNetUsers",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskAgentCategories_Category",
                table: "HelpDeskAgentCategories",
                column: "Category");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskAttachments_MessageId",
                table: "HelpDeskAttachments",
                column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskAttachments_StorageKey",
                table: "HelpDeskAttachments",
                column: "StorageKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskAudit_TicketId_Sequence",
                table: "HelpDeskAudit",
                columns: new[] { "TicketId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskDeliveries_EventId_Handler_Recipient",
                table: "HelpDeskDeliveries",
                columns: new[] { "EventId", "Handler", "Recipient" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskDeliveries_State_NextAttemptAt",
                table: "HelpDeskDeliveries",
                columns: new[] { "State", "NextAttemptAt" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskDeliveries_TicketId_Handler_Recipient_TicketSequence",
                table: "HelpDeskDeliveries",
                columns: new[] { "TicketId", "Handler", "Recipient", "TicketSequence" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskEvents_At",
                table: "HelpDeskEvents",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskEvents_TicketId_TicketSequence",
                table: "HelpDeskEvents",
                columns: new[] { "TicketId", "TicketSequence" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskIdempotencyKeys_ActorId_Route_Key",
                table: "HelpDeskIdempotencyKeys",
                columns: new[] { "ActorId", "Route", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskIdempotencyKeys_ExpiresAt",
                table: "HelpDeskIdempotencyKeys",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskInboundMail_DuplicateKey",
                table: "HelpDeskInboundMail",
                column: "DuplicateKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskInboundMail_From_State_ReceivedAt",
                table: "HelpDeskInboundMail",
                columns: new[] { "From", "State", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskInboundMail_MessageId",
                table: "HelpDeskInboundMail",
                column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskInboundMail_Source_DeliveryKey",
                table: "HelpDeskInboundMail",
                columns: new[] { "Source", "DeliveryKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskInboundMail_State_ReceivedAt",
                table: "HelpDeskInboundMail",
                columns: new[] { "State", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskInboundMail_StorageKey",
                table: "HelpDeskInboundMail",
                column: "StorageKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskMessages_TicketId_Sequence",
                table: "HelpDeskMessages",
                columns: new[] { "TicketId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskNotifications_Email_PlannedAt",
                table: "HelpDeskNotifications",
                columns: new[] { "Email", "PlannedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskNotifications_EventId_Sender_ParticipantId",
                table: "HelpDeskNotifications",
                columns: new[] { "EventId", "Sender", "ParticipantId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskNotifications_MessageId",
                table: "HelpDeskNotifications",
                column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskNotifications_TicketId_ParticipantId_TicketSequence",
                table: "HelpDeskNotifications",
                columns: new[] { "TicketId", "ParticipantId", "TicketSequence" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskParticipants_Email",
                table: "HelpDeskParticipants",
                column: "Email");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskParticipants_ReplyToken",
                table: "HelpDeskParticipants",
                column: "ReplyToken",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskParticipants_TicketId_UserId",
                table: "HelpDeskParticipants",
                columns: new[] { "TicketId", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskPresence_Until",
                table: "HelpDeskPresence",
                column: "Until");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskSavedReplies_OwnerId",
                table: "HelpDeskSavedReplies",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_AssigneeId_DueSort_Id",
                table: "HelpDeskTickets",
                columns: new[] { "AssigneeId", "DueSort", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_AssigneeId_Status_Priority",
                table: "HelpDeskTickets",
                columns: new[] { "AssigneeId", "Status", "Priority" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_DueSort_Id",
                table: "HelpDeskTickets",
                columns: new[] { "DueSort", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_Number",
                table: "HelpDeskTickets",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_Priority_CreatedAt_Id",
                table: "HelpDeskTickets",
                columns: new[] { "Priority", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_QueuedAt",
                table: "HelpDeskTickets",
                column: "QueuedAt");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_RequesterId_CreatedAt_Id",
                table: "HelpDeskTickets",
                columns: new[] { "RequesterId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_RequesterId_PublicUpdatedAt_Id",
                table: "HelpDeskTickets",
                columns: new[] { "RequesterId", "PublicUpdatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_RequesterId_Status_CreatedAt",
                table: "HelpDeskTickets",
                columns: new[] { "RequesterId", "Status", "CreatedAt" },
                descending: new[] { false, false, true });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_SlaCheckAt",
                table: "HelpDeskTickets",
                column: "SlaCheckAt");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskTickets_UpdatedAt_Id",
                table: "HelpDeskTickets",
                columns: new[] { "UpdatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskUploads_ExpiresAt",
                table: "HelpDeskUploads",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_HelpDeskUploads_StorageKey",
                table: "HelpDeskUploads",
                column: "StorageKey",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AspNetRoleClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserLogins");

            migrationBuilder.DropTable(
                name: "AspNetUserRoles");

            migrationBuilder.DropTable(
                name: "AspNetUserTokens");

            migrationBuilder.DropTable(
                name: "HelpDeskAgentCategories");

            migrationBuilder.DropTable(
                name: "HelpDeskAttachments");

            migrationBuilder.DropTable(
                name: "HelpDeskAudit");

            migrationBuilder.DropTable(
                name: "HelpDeskCounters");

            migrationBuilder.DropTable(
                name: "HelpDeskDeliveries");

            migrationBuilder.DropTable(
                name: "HelpDeskIdempotencyKeys");

            migrationBuilder.DropTable(
                name: "HelpDeskInboundMail");

            migrationBuilder.DropTable(
                name: "HelpDeskMessageOriginals");

            migrationBuilder.DropTable(
                name: "HelpDeskNotifications");

            migrationBuilder.DropTable(
                name: "HelpDeskParticipants");

            migrationBuilder.DropTable(
                name: "HelpDeskPresence");

            migrationBuilder.DropTable(
                name: "HelpDeskSavedReplies");

            migrationBuilder.DropTable(
                name: "HelpDeskTargets");

            migrationBuilder.DropTable(
                name: "HelpDeskUploads");

            migrationBuilder.DropTable(
                name: "AspNetRoles");

            migrationBuilder.DropTable(
                name: "AspNetUsers");

            migrationBuilder.DropTable(
                name: "HelpDeskAgents");

            migrationBuilder.DropTable(
                name: "HelpDeskEvents");

            migrationBuilder.DropTable(
                name: "HelpDeskMessages");

            migrationBuilder.DropTable(
                name: "HelpDeskTickets");
        }
    }
}
