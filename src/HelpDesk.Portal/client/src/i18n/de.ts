import { agent } from './de/agent';
import { common } from './de/common';
import { manager } from './de/manager';
import { requester } from './de/requester';
import type { Messages } from './en';

export const messages: Messages = { ...common, requester, agent, manager };
