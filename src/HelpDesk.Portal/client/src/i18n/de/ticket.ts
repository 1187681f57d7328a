import type { ticket as english } from '../en/ticket';

export const ticket: typeof english = {};
