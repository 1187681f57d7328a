import type { agent as english } from '../en/agent';

export const agent: typeof english = {};
