CREATE TABLE [HelpDeskAgents] (
    [AgentId] nvarchar(128) NOT NULL,
    [IsAvailable] bit NOT NULL,
    [MaxOpenTickets] int NULL,
    [OpenTickets] int NOT NULL,
    [Assignments] bigint NOT NULL,
    [LastAssignedAt] datetime2(6) NULL,
    CONSTRAINT [PK_HelpDeskAgents] PRIMARY KEY ([AgentId])
);
GO


CREATE TABLE [HelpDeskCounters] (
    [Scope] nvarchar(128) NOT NULL,
    [Value] bigint NOT NULL,
    CONSTRAINT [PK_HelpDeskCounters] PRIMARY KEY ([Scope])
);
GO


CREATE TABLE [HelpDeskIdempotencyKeys] (
    [Id] uniqueidentifier NOT NULL,
    [ActorId] nvarchar(128) NOT NULL,
    [Route] nvarchar(32) NOT NULL,
    [Key] nvarchar(128) NOT NULL,
    [Fingerprint] nvarchar(64) NOT NULL,
    [TicketId] uniqueidentifier NOT NULL,
    [MessageId] uniqueidentifier NULL,
    [ExpiresAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_HelpDeskIdempotencyKeys] PRIMARY KEY ([Id])
);
GO


CREATE TABLE [HelpDeskInboundMail] (
    [Id] uniqueidentifier NOT NULL,
    [Source] nvarchar(32) NOT NULL,
    [DeliveryKey] nvarchar(128) NOT NULL,
    [DuplicateKey] nvarchar(64) NOT NULL,
    [StorageKey] nvarchar(128) NOT NULL,
    [Size] bigint NOT NULL,
    [Sender] nvarchar(320) NOT NULL,
    [Recipient] nvarchar(320) NOT NULL,
    [From] nvarchar(254) NOT NULL,
    [Subject] nvarchar(255) NOT NULL,
    [InternetMessageId] nvarchar(255) NULL,
    [Excerpt] nvarchar(max) NULL,
    [State] varchar(32) NOT NULL,
    [Reason] nvarchar(1000) NULL,
    [Remarks] nvarchar(1000) NULL,
    [TicketId] uniqueidentifier NULL,
    [MessageId] uniqueidentifier NULL,
    [Attempts] int NOT NULL,
    [LeaseUntil] datetime2(6) NULL,
    [ReceivedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_HelpDeskInboundMail] PRIMARY KEY ([Id])
);
GO


CREATE TABLE [HelpDeskSavedReplies] (
    [Id] uniqueidentifier NOT NULL,
    [OwnerId] nvarchar(128) NOT NULL,
    [Title] nvarchar(255) NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [Shared] bit NOT NULL,
    CONSTRAINT [PK_HelpDeskSavedReplies] PRIMARY KEY ([Id])
);
GO


CREATE TABLE [HelpDeskTickets] (
    [Id] uniqueidentifier NOT NULL,
    [Number] nvarchar(64) NOT NULL,
    [RequesterId] nvarchar(128) NULL,
    [RequesterParticipantId] uniqueidentifier NOT NULL,
    [AssigneeId] nvarchar(128) NULL,
    [Subject] nvarchar(255) NOT NULL,
    [Status] varchar(32) NOT NULL,
    [Priority] int NOT NULL,
    [Category] nvarchar(100) NULL,
    [Channel] varchar(32) NOT NULL,
    [LinkedTicketId] uniqueidentifier NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [UpdatedAt] datetime2(6) NOT NULL,
    [Version] uniqueidentifier NOT NULL,
    [PublicUpdatedAt] datetime2(6) NOT NULL,
    [PublicVersion] uniqueidentifier NOT NULL,
    [LastSequence] bigint NOT NULL,
    [LastMessageId] uniqueidentifier NULL,
    [LastPublicMessageId] uniqueidentifier NULL,
    [ResolvedAt] datetime2(6) NULL,
    [ClosedAt] datetime2(6) NULL,
    [EscalatedAt] datetime2(6) NULL,
    [FirstRespondedAt] datetime2(6) NULL,
    [AwaitingReplySince] datetime2(6) NULL,
    [DueAt] datetime2(6) NULL,
    [DueSort] datetime2(6) NOT NULL,
    [SlaCheckAt] datetime2(6) NULL,
    [QueuedAt] datetime2(6) NULL,
    CONSTRAINT [PK_HelpDeskTickets] PRIMARY KEY ([Id])
);
GO


CREATE TABLE [HelpDeskUploads] (
    [Id] uniqueidentifier NOT NULL,
    [StorageKey] nvarchar(128) NOT NULL,
    [OwnerKind] varchar(32) NOT NULL,
    [OwnerId] nvarchar(128) NOT NULL,
    [FileName] nvarchar(255) NOT NULL,
    [ContentType] nvarchar(255) NOT NULL,
    [Size] bigint NOT NULL,
    [Sha256] nvarchar(64) NOT NULL,
    [State] varchar(32) NOT NULL,
    [ExpiresAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_HelpDeskUploads] PRIMARY KEY ([Id])
);
GO


CREATE TABLE [Orders] (
    [Id] int NOT NULL IDENTITY,
    [Text] nvarchar(200) NOT NULL,
    [TicketId] uniqueidentifier NULL,
    CONSTRAINT [PK_Orders] PRIMARY KEY ([Id])
);
GO


CREATE TABLE [HelpDeskAgentCategories] (
    [AgentId] nvarchar(128) NOT NULL,
    [Category] nvarchar(100) NOT NULL,
    CONSTRAINT [PK_HelpDeskAgentCategories] PRIMARY KEY ([AgentId], [Category]),
    CONSTRAINT [FK_HelpDeskAgentCategories_HelpDeskAgents_AgentId] FOREIGN KEY ([AgentId]) REFERENCES [HelpDeskAgents] ([AgentId]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskAudit] (
    [Id] uniqueidentifier NOT NULL,
    [TicketId] uniqueidentifier NOT NULL,
    [Sequence] bigint NOT NULL,
    [At] datetime2(6) NOT NULL,
    [ActorId] nvarchar(128) NULL,
    [ActorKind] varchar(32) NOT NULL,
    [Via] nvarchar(32) NOT NULL,
    [Action] nvarchar(32) NOT NULL,
    [Changes] nvarchar(max) NOT NULL,
    [Reason] nvarchar(1000) NULL,
    CONSTRAINT [PK_HelpDeskAudit] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_HelpDeskAudit_HelpDeskTickets_TicketId] FOREIGN KEY ([TicketId]) REFERENCES [HelpDeskTickets] ([Id]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskEvents] (
    [Seq] bigint NOT NULL IDENTITY,
    [Id] uniqueidentifier NOT NULL,
    [TicketId] uniqueidentifier NOT NULL,
    [TicketSequence] bigint NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [IsPublic] bit NOT NULL,
    [At] datetime2(6) NOT NULL,
    [Version] uniqueidentifier NOT NULL,
    [Payload] nvarchar(max) NOT NULL,
    CONSTRAINT [PK_HelpDeskEvents] PRIMARY KEY ([Seq]),
    CONSTRAINT [AK_HelpDeskEvents_Id] UNIQUE ([Id]),
    CONSTRAINT [FK_HelpDeskEvents_HelpDeskTickets_TicketId] FOREIGN KEY ([TicketId]) REFERENCES [HelpDeskTickets] ([Id]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskMessages] (
    [Id] uniqueidentifier NOT NULL,
    [TicketId] uniqueidentifier NOT NULL,
    [Sequence] bigint NOT NULL,
    [AuthorId] nvarchar(128) NULL,
    [AuthorParticipantId] uniqueidentifier NULL,
    [AuthorKind] varchar(32) NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [HasHtml] bit NOT NULL,
    [HasQuoted] bit NOT NULL,
    [IsPrivate] bit NOT NULL,
    [Channel] varchar(32) NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_HelpDeskMessages] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_HelpDeskMessages_HelpDeskTickets_TicketId] FOREIGN KEY ([TicketId]) REFERENCES [HelpDeskTickets] ([Id]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskNotifications] (
    [Id] uniqueidentifier NOT NULL,
    [EventId] uniqueidentifier NOT NULL,
    [Sender] nvarchar(128) NOT NULL,
    [TicketId] uniqueidentifier NOT NULL,
    [TicketSequence] bigint NOT NULL,
    [Version] uniqueidentifier NOT NULL,
    [ParticipantId] uniqueidentifier NOT NULL,
    [Kind] varchar(32) NOT NULL,
    [IsAutomatic] bit NOT NULL,
    [PlannedAt] datetime2(6) NOT NULL,
    [Email] nvarchar(254) NULL,
    [MessageId] nvarchar(255) NOT NULL,
    [State] varchar(32) NOT NULL,
    [SentAt] datetime2(6) NULL,
    [Error] nvarchar(1000) NULL,
    CONSTRAINT [PK_HelpDeskNotifications] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_HelpDeskNotifications_HelpDeskTickets_TicketId] FOREIGN KEY ([TicketId]) REFERENCES [HelpDeskTickets] ([Id]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskParticipants] (
    [Id] uniqueidentifier NOT NULL,
    [TicketId] uniqueidentifier NOT NULL,
    [UserId] nvarchar(128) NULL,
    [Email] nvarchar(254) NULL,
    [Name] nvarchar(200) NOT NULL,
    [Kind] varchar(32) NOT NULL,
    [ReplyToken] nvarchar(26) NOT NULL,
    [Undeliverable] bit NOT NULL,
    [NoAutomaticMail] bit NOT NULL,
    [Complained] bit NOT NULL,
    CONSTRAINT [PK_HelpDeskParticipants] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_HelpDeskParticipants_HelpDeskTickets_TicketId] FOREIGN KEY ([TicketId]) REFERENCES [HelpDeskTickets] ([Id]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskPresence] (
    [TicketId] uniqueidentifier NOT NULL,
    [AgentId] nvarchar(128) NOT NULL,
    [Mode] varchar(32) NOT NULL,
    [Until] datetime2(6) NOT NULL,
    CONSTRAINT [PK_HelpDeskPresence] PRIMARY KEY ([TicketId], [AgentId]),
    CONSTRAINT [FK_HelpDeskPresence_HelpDeskTickets_TicketId] FOREIGN KEY ([TicketId]) REFERENCES [HelpDeskTickets] ([Id]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskTargets] (
    [TicketId] uniqueidentifier NOT NULL,
    [Kind] varchar(32) NOT NULL,
    [Instance] int NOT NULL,
    [StartedAt] datetime2(6) NOT NULL,
    [DueAt] datetime2(6) NULL,
    [DueSetBy] nvarchar(128) NULL,
    [MetAt] datetime2(6) NULL,
    [WarnedAt] datetime2(6) NULL,
    [BreachedAt] datetime2(6) NULL,
    CONSTRAINT [PK_HelpDeskTargets] PRIMARY KEY ([TicketId], [Kind], [Instance]),
    CONSTRAINT [FK_HelpDeskTargets_HelpDeskTickets_TicketId] FOREIGN KEY ([TicketId]) REFERENCES [HelpDeskTickets] ([Id]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskDeliveries] (
    [Id] uniqueidentifier NOT NULL,
    [EventId] uniqueidentifier NOT NULL,
    [Handler] nvarchar(128) NOT NULL,
    [Recipient] nvarchar(32) NOT NULL,
    [TicketId] uniqueidentifier NOT NULL,
    [TicketSequence] bigint NOT NULL,
    [State] varchar(32) NOT NULL,
    [Attempts] int NOT NULL,
    [NextAttemptAt] datetime2(6) NOT NULL,
    [LeaseUntil] datetime2(6) NULL,
    [Error] nvarchar(1000) NULL,
    CONSTRAINT [PK_HelpDeskDeliveries] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_HelpDeskDeliveries_HelpDeskEvents_EventId] FOREIGN KEY ([EventId]) REFERENCES [HelpDeskEvents] ([Id]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskAttachments] (
    [Id] uniqueidentifier NOT NULL,
    [MessageId] uniqueidentifier NOT NULL,
    [Position] int NOT NULL,
    [FileName] nvarchar(255) NOT NULL,
    [ContentType] nvarchar(255) NOT NULL,
    [ContentId] nvarchar(255) NULL,
    [StorageKey] nvarchar(128) NOT NULL,
    [Size] bigint NOT NULL,
    [Sha256] nvarchar(64) NOT NULL,
    CONSTRAINT [PK_HelpDeskAttachments] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_HelpDeskAttachments_HelpDeskMessages_MessageId] FOREIGN KEY ([MessageId]) REFERENCES [HelpDeskMessages] ([Id]) ON DELETE CASCADE
);
GO


CREATE TABLE [HelpDeskMessageOriginals] (
    [MessageId] uniqueidentifier NOT NULL,
    [Text] nvarchar(max) NULL,
    [Html] nvarchar(max) NULL,
    CONSTRAINT [PK_HelpDeskMessageOriginals] PRIMARY KEY ([MessageId]),
    CONSTRAINT [FK_HelpDeskMessageOriginals_HelpDeskMessages_MessageId] FOREIGN KEY ([MessageId]) REFERENCES [HelpDeskMessages] ([Id]) ON DELETE CASCADE
);
GO


CREATE INDEX [IX_HelpDeskAgentCategories_Category] ON [HelpDeskAgentCategories] ([Category]);
GO


CREATE INDEX [IX_HelpDeskAttachments_MessageId] ON [HelpDeskAttachments] ([MessageId]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskAttachments_StorageKey] ON [HelpDeskAttachments] ([StorageKey]);
GO


CREATE INDEX [IX_HelpDeskAudit_TicketId_Sequence] ON [HelpDeskAudit] ([TicketId], [Sequence]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskDeliveries_EventId_Handler_Recipient] ON [HelpDeskDeliveries] ([EventId], [Handler], [Recipient]);
GO


CREATE INDEX [IX_HelpDeskDeliveries_State_NextAttemptAt] ON [HelpDeskDeliveries] ([State], [NextAttemptAt]);
GO


CREATE INDEX [IX_HelpDeskDeliveries_TicketId_Handler_Recipient_TicketSequence] ON [HelpDeskDeliveries] ([TicketId], [Handler], [Recipient], [TicketSequence]);
GO


CREATE INDEX [IX_HelpDeskEvents_At] ON [HelpDeskEvents] ([At]);
GO


CREATE INDEX [IX_HelpDeskEvents_TicketId_TicketSequence] ON [HelpDeskEvents] ([TicketId], [TicketSequence]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskIdempotencyKeys_ActorId_Route_Key] ON [HelpDeskIdempotencyKeys] ([ActorId], [Route], [Key]);
GO


CREATE INDEX [IX_HelpDeskIdempotencyKeys_ExpiresAt] ON [HelpDeskIdempotencyKeys] ([ExpiresAt]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskInboundMail_DuplicateKey] ON [HelpDeskInboundMail] ([DuplicateKey]);
GO


CREATE INDEX [IX_HelpDeskInboundMail_From_State_ReceivedAt] ON [HelpDeskInboundMail] ([From], [State], [ReceivedAt]);
GO


CREATE INDEX [IX_HelpDeskInboundMail_MessageId] ON [HelpDeskInboundMail] ([MessageId]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskInboundMail_Source_DeliveryKey] ON [HelpDeskInboundMail] ([Source], [DeliveryKey]);
GO


CREATE INDEX [IX_HelpDeskInboundMail_State_ReceivedAt] ON [HelpDeskInboundMail] ([State], [ReceivedAt]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskInboundMail_StorageKey] ON [HelpDeskInboundMail] ([StorageKey]);
GO


CREATE INDEX [IX_HelpDeskMessages_TicketId_Sequence] ON [HelpDeskMessages] ([TicketId], [Sequence]);
GO


CREATE INDEX [IX_HelpDeskNotifications_Email_PlannedAt] ON [HelpDeskNotifications] ([Email], [PlannedAt]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskNotifications_EventId_Sender_ParticipantId] ON [HelpDeskNotifications] ([EventId], [Sender], [ParticipantId]);
GO


CREATE INDEX [IX_HelpDeskNotifications_MessageId] ON [HelpDeskNotifications] ([MessageId]);
GO


CREATE INDEX [IX_HelpDeskNotifications_TicketId_ParticipantId_TicketSequence] ON [HelpDeskNotifications] ([TicketId], [ParticipantId], [TicketSequence]);
GO


CREATE INDEX [IX_HelpDeskParticipants_Email] ON [HelpDeskParticipants] ([Email]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskParticipants_ReplyToken] ON [HelpDeskParticipants] ([ReplyToken]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskParticipants_TicketId_UserId] ON [HelpDeskParticipants] ([TicketId], [UserId]) WHERE [UserId] IS NOT NULL;
GO


CREATE INDEX [IX_HelpDeskPresence_Until] ON [HelpDeskPresence] ([Until]);
GO


CREATE INDEX [IX_HelpDeskSavedReplies_OwnerId] ON [HelpDeskSavedReplies] ([OwnerId]);
GO


CREATE INDEX [IX_HelpDeskTickets_AssigneeId_DueSort_Id] ON [HelpDeskTickets] ([AssigneeId], [DueSort], [Id]);
GO


CREATE INDEX [IX_HelpDeskTickets_AssigneeId_Status_Priority] ON [HelpDeskTickets] ([AssigneeId], [Status], [Priority]);
GO


CREATE INDEX [IX_HelpDeskTickets_DueSort_Id] ON [HelpDeskTickets] ([DueSort], [Id]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskTickets_Number] ON [HelpDeskTickets] ([Number]);
GO


CREATE INDEX [IX_HelpDeskTickets_Priority_CreatedAt_Id] ON [HelpDeskTickets] ([Priority], [CreatedAt], [Id]);
GO


CREATE INDEX [IX_HelpDeskTickets_QueuedAt] ON [HelpDeskTickets] ([QueuedAt]);
GO


CREATE INDEX [IX_HelpDeskTickets_RequesterId_CreatedAt_Id] ON [HelpDeskTickets] ([RequesterId], [CreatedAt], [Id]);
GO


CREATE INDEX [IX_HelpDeskTickets_RequesterId_PublicUpdatedAt_Id] ON [HelpDeskTickets] ([RequesterId], [PublicUpdatedAt], [Id]);
GO


CREATE INDEX [IX_HelpDeskTickets_RequesterId_Status_CreatedAt] ON [HelpDeskTickets] ([RequesterId], [Status], [CreatedAt] DESC);
GO


CREATE INDEX [IX_HelpDeskTickets_SlaCheckAt] ON [HelpDeskTickets] ([SlaCheckAt]);
GO


CREATE INDEX [IX_HelpDeskTickets_UpdatedAt_Id] ON [HelpDeskTickets] ([UpdatedAt], [Id]);
GO


CREATE INDEX [IX_HelpDeskUploads_ExpiresAt] ON [HelpDeskUploads] ([ExpiresAt]);
GO


CREATE UNIQUE INDEX [IX_HelpDeskUploads_StorageKey] ON [HelpDeskUploads] ([StorageKey]);
GO


