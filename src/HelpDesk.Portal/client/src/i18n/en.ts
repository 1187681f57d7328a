import { agent } from './en/agent';
import { common } from './en/common';
import { manager } from './en/manager';
import { requester } from './en/requester';
import { settings } from './en/settings';
import { ticket } from './en/ticket';

export const messages = { ...common, requester, agent, ticket, manager, settingsPage: settings };
export type Messages = typeof messages;
