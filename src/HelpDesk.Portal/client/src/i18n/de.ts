import { agent } from './de/agent';
import { common } from './de/common';
import { manager } from './de/manager';
import { requester } from './de/requester';
import { settings } from './de/settings';
import { ticket } from './de/ticket';
import type { Messages } from './en';

export const messages: Messages = { ...common, requester, agent, ticket, manager, settingsPage: settings };
