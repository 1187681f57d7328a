import type { manager as english } from '../en/manager';

export const manager: typeof english = {};
