CREATE TABLE "HelpDeskAgents" (
    "AgentId" TEXT NOT NULL CONSTRAINT "PK_HelpDeskAgents" PRIMARY KEY,
    "IsAvailable" INTEGER NOT NULL,
    "MaxOpenTickets" INTEGER NULL,
    "OpenTickets" INTEGER NOT NULL,
    "Assignments" INTEGER NOT NULL,
    "LastAssignedAt" TEXT NULL
);


CREATE TABLE "HelpDeskCounters" (
    "Scope" TEXT NOT NULL CONSTRAINT "PK_HelpDeskCounters" PRIMARY KEY,
    "Value" INTEGER NOT NULL
);


CREATE TABLE "HelpDeskIdempotencyKeys" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskIdempotencyKeys" PRIMARY KEY,
    "ActorId" TEXT NOT NULL,
    "Route" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "TicketId" TEXT NOT NULL,
    "MessageId" TEXT NULL,
    "ExpiresAt" TEXT NOT NULL
);


CREATE TABLE "HelpDeskInboundMail" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskInboundMail" PRIMARY KEY,
    "Source" TEXT NOT NULL,
    "DeliveryKey" TEXT NOT NULL,
    "DuplicateKey" TEXT NOT NULL,
    "StorageKey" TEXT NOT NULL,
    "Size" INTEGER NOT NULL,
    "Sender" TEXT NOT NULL,
    "Recipient" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "InternetMessageId" TEXT NULL,
    "Excerpt" TEXT NULL,
    "State" TEXT NOT NULL,
    "Reason" TEXT NULL,
    "Remarks" TEXT NULL,
    "TicketId" TEXT NULL,
    "MessageId" TEXT NULL,
    "Attempts" INTEGER NOT NULL,
    "LeaseUntil" TEXT NULL,
    "ReceivedAt" TEXT NOT NULL
);


CREATE TABLE "HelpDeskSavedReplies" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskSavedReplies" PRIMARY KEY,
    "OwnerId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "Shared" INTEGER NOT NULL
);


CREATE TABLE "HelpDeskTickets" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskTickets" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "RequesterId" TEXT NULL,
    "RequesterParticipantId" TEXT NOT NULL,
    "AssigneeId" TEXT NULL,
    "Subject" TEXT NOT NULL,
    "Status" TEXT NOT NULL,
    "Priority" INTEGER NOT NULL,
    "Category" TEXT NULL,
    "Channel" TEXT NOT NULL,
    "LinkedTicketId" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "UpdatedAt" TEXT NOT NULL,
    "Version" TEXT NOT NULL,
    "PublicUpdatedAt" TEXT NOT NULL,
    "PublicVersion" TEXT NOT NULL,
    "LastSequence" INTEGER NOT NULL,
    "LastMessageId" TEXT NULL,
    "LastPublicMessageId" TEXT NULL,
    "ResolvedAt" TEXT NULL,
    "ClosedAt" TEXT NULL,
    "EscalatedAt" TEXT NULL,
    "FirstRespondedAt" TEXT NULL,
    "AwaitingReplySince" TEXT NULL,
    "DueAt" TEXT NULL,
    "DueSort" TEXT NOT NULL,
    "SlaCheckAt" TEXT NULL,
    "QueuedAt" TEXT NULL
);


CREATE TABLE "HelpDeskUploads" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskUploads" PRIMARY KEY,
    "StorageKey" TEXT NOT NULL,
    "OwnerKind" TEXT NOT NULL,
    "OwnerId" TEXT NOT NULL,
    "FileName" TEXT NOT NULL,
    "ContentType" TEXT NOT NULL,
    "Size" INTEGER NOT NULL,
    "Sha256" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL
);


CREATE TABLE "Orders" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Orders" PRIMARY KEY AUTOINCREMENT,
    "Text" TEXT NOT NULL,
    "TicketId" TEXT NULL
);


CREATE TABLE "HelpDeskAgentCategories" (
    "AgentId" TEXT NOT NULL,
    "Category" TEXT NOT NULL,
    CONSTRAINT "PK_HelpDeskAgentCategories" PRIMARY KEY ("AgentId", "Category"),
    CONSTRAINT "FK_HelpDeskAgentCategories_HelpDeskAgents_AgentId" FOREIGN KEY ("AgentId") REFERENCES "HelpDeskAgents" ("AgentId") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskAudit" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskAudit" PRIMARY KEY,
    "TicketId" TEXT NOT NULL,
    "Sequence" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "ActorId" TEXT NULL,
    "ActorKind" TEXT NOT NULL,
    "Via" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "Changes" TEXT NOT NULL,
    "Reason" TEXT NULL,
    CONSTRAINT "FK_HelpDeskAudit_HelpDeskTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "HelpDeskTickets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskEvents" (
    "Seq" INTEGER NOT NULL CONSTRAINT "PK_HelpDeskEvents" PRIMARY KEY AUTOINCREMENT,
    "Id" TEXT NOT NULL,
    "TicketId" TEXT NOT NULL,
    "TicketSequence" INTEGER NOT NULL,
    "Kind" TEXT NOT NULL,
    "IsPublic" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "Version" TEXT NOT NULL,
    "Payload" TEXT NOT NULL,
    CONSTRAINT "AK_HelpDeskEvents_Id" UNIQUE ("Id"),
    CONSTRAINT "FK_HelpDeskEvents_HelpDeskTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "HelpDeskTickets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskMessages" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskMessages" PRIMARY KEY,
    "TicketId" TEXT NOT NULL,
    "Sequence" INTEGER NOT NULL,
    "AuthorId" TEXT NULL,
    "AuthorParticipantId" TEXT NULL,
    "AuthorKind" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "HasHtml" INTEGER NOT NULL,
    "HasQuoted" INTEGER NOT NULL,
    "IsPrivate" INTEGER NOT NULL,
    "Channel" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    CONSTRAINT "FK_HelpDeskMessages_HelpDeskTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "HelpDeskTickets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskNotifications" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskNotifications" PRIMARY KEY,
    "EventId" TEXT NOT NULL,
    "Sender" TEXT NOT NULL,
    "TicketId" TEXT NOT NULL,
    "TicketSequence" INTEGER NOT NULL,
    "Version" TEXT NOT NULL,
    "ParticipantId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "IsAutomatic" INTEGER NOT NULL,
    "PlannedAt" TEXT NOT NULL,
    "Email" TEXT NULL,
    "MessageId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "SentAt" TEXT NULL,
    "Error" TEXT NULL,
    CONSTRAINT "FK_HelpDeskNotifications_HelpDeskTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "HelpDeskTickets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskParticipants" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskParticipants" PRIMARY KEY,
    "TicketId" TEXT NOT NULL,
    "UserId" TEXT NULL,
    "Email" TEXT NULL,
    "Name" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "ReplyToken" TEXT NOT NULL,
    "Undeliverable" INTEGER NOT NULL,
    "NoAutomaticMail" INTEGER NOT NULL,
    "Complained" INTEGER NOT NULL,
    CONSTRAINT "FK_HelpDeskParticipants_HelpDeskTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "HelpDeskTickets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskPresence" (
    "TicketId" TEXT NOT NULL,
    "AgentId" TEXT NOT NULL,
    "Mode" TEXT NOT NULL,
    "Until" TEXT NOT NULL,
    CONSTRAINT "PK_HelpDeskPresence" PRIMARY KEY ("TicketId", "AgentId"),
    CONSTRAINT "FK_HelpDeskPresence_HelpDeskTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "HelpDeskTickets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskTargets" (
    "TicketId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Instance" INTEGER NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "DueAt" TEXT NULL,
    "DueSetBy" TEXT NULL,
    "MetAt" TEXT NULL,
    "WarnedAt" TEXT NULL,
    "BreachedAt" TEXT NULL,
    CONSTRAINT "PK_HelpDeskTargets" PRIMARY KEY ("TicketId", "Kind", "Instance"),
    CONSTRAINT "FK_HelpDeskTargets_HelpDeskTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "HelpDeskTickets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskDeliveries" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskDeliveries" PRIMARY KEY,
    "EventId" TEXT NOT NULL,
    "Handler" TEXT NOT NULL,
    "Recipient" TEXT NOT NULL,
    "TicketId" TEXT NOT NULL,
    "TicketSequence" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "NextAttemptAt" TEXT NOT NULL,
    "LeaseUntil" TEXT NULL,
    "Error" TEXT NULL,
    CONSTRAINT "FK_HelpDeskDeliveries_HelpDeskEvents_EventId" FOREIGN KEY ("EventId") REFERENCES "HelpDeskEvents" ("Id") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskAttachments" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpDeskAttachments" PRIMARY KEY,
    "MessageId" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "FileName" TEXT NOT NULL,
    "ContentType" TEXT NOT NULL,
    "ContentId" TEXT NULL,
    "StorageKey" TEXT NOT NULL,
    "Size" INTEGER NOT NULL,
    "Sha256" TEXT NOT NULL,
    CONSTRAINT "FK_HelpDeskAttachments_HelpDeskMessages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "HelpDeskMessages" ("Id") ON DELETE CASCADE
);


CREATE TABLE "HelpDeskMessageOriginals" (
    "MessageId" TEXT NOT NULL CONSTRAINT "PK_HelpDeskMessageOriginals" PRIMARY KEY,
    "Text" TEXT NULL,
    "Html" TEXT NULL,
    CONSTRAINT "FK_HelpDeskMessageOriginals_HelpDeskMessages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "HelpDeskMessages" ("Id") ON DELETE CASCADE
);


CREATE INDEX "IX_HelpDeskAgentCategories_Category" ON "HelpDeskAgentCategories" ("Category");


CREATE INDEX "IX_HelpDeskAttachments_MessageId" ON "HelpDeskAttachments" ("MessageId");


CREATE UNIQUE INDEX "IX_HelpDeskAttachments_StorageKey" ON "HelpDeskAttachments" ("StorageKey");


CREATE INDEX "IX_HelpDeskAudit_TicketId_Sequence" ON "HelpDeskAudit" ("TicketId", "Sequence");


CREATE UNIQUE INDEX "IX_HelpDeskDeliveries_EventId_Handler_Recipient" ON "HelpDeskDeliveries" ("EventId", "Handler", "Recipient");


CREATE INDEX "IX_HelpDeskDeliveries_State_NextAttemptAt" ON "HelpDeskDeliveries" ("State", "NextAttemptAt");


CREATE INDEX "IX_HelpDeskDeliveries_TicketId_Handler_Recipient_TicketSequence" ON "HelpDeskDeliveries" ("TicketId", "Handler", "Recipient", "TicketSequence");


CREATE INDEX "IX_HelpDeskEvents_At" ON "HelpDeskEvents" ("At");


CREATE INDEX "IX_HelpDeskEvents_TicketId_TicketSequence" ON "HelpDeskEvents" ("TicketId", "TicketSequence");


CREATE UNIQUE INDEX "IX_HelpDeskIdempotencyKeys_ActorId_Route_Key" ON "HelpDeskIdempotencyKeys" ("ActorId", "Route", "Key");


CREATE INDEX "IX_HelpDeskIdempotencyKeys_ExpiresAt" ON "HelpDeskIdempotencyKeys" ("ExpiresAt");


CREATE UNIQUE INDEX "IX_HelpDeskInboundMail_DuplicateKey" ON "HelpDeskInboundMail" ("DuplicateKey");


CREATE INDEX "IX_HelpDeskInboundMail_From_State_ReceivedAt" ON "HelpDeskInboundMail" ("From", "State", "ReceivedAt");


CREATE INDEX "IX_HelpDeskInboundMail_MessageId" ON "HelpDeskInboundMail" ("MessageId");


CREATE UNIQUE INDEX "IX_HelpDeskInboundMail_Source_DeliveryKey" ON "HelpDeskInboundMail" ("Source", "DeliveryKey");


CREATE INDEX "IX_HelpDeskInboundMail_State_ReceivedAt" ON "HelpDeskInboundMail" ("State", "ReceivedAt");


CREATE UNIQUE INDEX "IX_HelpDeskInboundMail_StorageKey" ON "HelpDeskInboundMail" ("StorageKey");


CREATE INDEX "IX_HelpDeskMessages_TicketId_Sequence" ON "HelpDeskMessages" ("TicketId", "Sequence");


CREATE INDEX "IX_HelpDeskNotifications_Email_PlannedAt" ON "HelpDeskNotifications" ("Email", "PlannedAt");


CREATE UNIQUE INDEX "IX_HelpDeskNotifications_EventId_Sender_ParticipantId" ON "HelpDeskNotifications" ("EventId", "Sender", "ParticipantId");


CREATE INDEX "IX_HelpDeskNotifications_MessageId" ON "HelpDeskNotifications" ("MessageId");


CREATE INDEX "IX_HelpDeskNotifications_TicketId_ParticipantId_TicketSequence" ON "HelpDeskNotifications" ("TicketId", "ParticipantId", "TicketSequence");


CREATE INDEX "IX_HelpDeskParticipants_Email" ON "HelpDeskParticipants" ("Email");


CREATE UNIQUE INDEX "IX_HelpDeskParticipants_ReplyToken" ON "HelpDeskParticipants" ("ReplyToken");


CREATE UNIQUE INDEX "IX_HelpDeskParticipants_TicketId_UserId" ON "HelpDeskParticipants" ("TicketId", "UserId");


CREATE INDEX "IX_HelpDeskPresence_Until" ON "HelpDeskPresence" ("Until");


CREATE INDEX "IX_HelpDeskSavedReplies_OwnerId" ON "HelpDeskSavedReplies" ("OwnerId");


CREATE INDEX "IX_HelpDeskTickets_AssigneeId_DueSort_Id" ON "HelpDeskTickets" ("AssigneeId", "DueSort", "Id");


CREATE INDEX "IX_HelpDeskTickets_AssigneeId_Status_Priority" ON "HelpDeskTickets" ("AssigneeId", "Status", "Priority");


CREATE INDEX "IX_HelpDeskTickets_DueSort_Id" ON "HelpDeskTickets" ("DueSort", "Id");


CREATE UNIQUE INDEX "IX_HelpDeskTickets_Number" ON "HelpDeskTickets" ("Number");


CREATE INDEX "IX_HelpDeskTickets_Priority_CreatedAt_Id" ON "HelpDeskTickets" ("Priority", "CreatedAt", "Id");


CREATE INDEX "IX_HelpDeskTickets_QueuedAt" ON "HelpDeskTickets" ("QueuedAt");


CREATE INDEX "IX_HelpDeskTickets_RequesterId_CreatedAt_Id" ON "HelpDeskTickets" ("RequesterId", "CreatedAt", "Id");


CREATE INDEX "IX_HelpDeskTickets_RequesterId_PublicUpdatedAt_Id" ON "HelpDeskTickets" ("RequesterId", "PublicUpdatedAt", "Id");


CREATE INDEX "IX_HelpDeskTickets_RequesterId_Status_CreatedAt" ON "HelpDeskTickets" ("RequesterId", "Status", "CreatedAt" DESC);


CREATE INDEX "IX_HelpDeskTickets_SlaCheckAt" ON "HelpDeskTickets" ("SlaCheckAt");


CREATE INDEX "IX_HelpDeskTickets_UpdatedAt_Id" ON "HelpDeskTickets" ("UpdatedAt", "Id");


CREATE INDEX "IX_HelpDeskUploads_ExpiresAt" ON "HelpDeskUploads" ("ExpiresAt");


CREATE UNIQUE INDEX "IX_HelpDeskUploads_StorageKey" ON "HelpDeskUploads" ("StorageKey");


