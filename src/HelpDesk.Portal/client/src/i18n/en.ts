import { agent } from './en/agent';
import { common } from './en/common';
import { manager } from './en/manager';
import { requester } from './en/requester';

export const messages = { ...common, requester, agent, manager };
export type Messages = typeof messages;
