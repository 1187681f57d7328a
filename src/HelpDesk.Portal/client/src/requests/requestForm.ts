import { ApiError } from '../api/client';
import type { Config } from '../app/config';
import type { Messages } from '../i18n/en';

/** What somebody writes before it is a request. */
export interface RequestFields {
  /** Whose request it is, where it is not its writer's. */
  requesterEmail?: string;
  subject: string;
  body: string;
  category: string;
  priority: string;
}

export const emptyRequest: RequestFields = { subject: '', body: '', category: '', priority: 'normal' };

/** In the order of the page, which is that of the summary. */
export const fieldOrder = ['requesterEmail', 'subject', 'body', 'category', 'priority', 'attachments'] as const;
export type Field = (typeof fieldOrder)[number];
export type FieldErrors = Partial<Record<Field, string>>;

/** Why a text would be refused; null where it would not. What surrounds it does not count: the API trims it. */
export function textError(text: string, most: number, t: Messages): string | null {
  const length = text.trim().length;
  if (length === 0) return t.required;
  return length > most ? t.tooLong(most) : null;
}

/** What nobody could take for an address is told here; the API, which looks closer, has the last word. */
function addressError(address: string, t: Messages): string | null {
  if (address.trim() === '') return t.required;
  return /^[^\s@]+@[^\s@]+$/.test(address.trim()) ? null : t.agent.noAddress;
}

export function checkRequest(fields: RequestFields, limits: Config['limits'], t: Messages): FieldErrors {
  const errors: FieldErrors = {};
  const requesterEmail = fields.requesterEmail === undefined ? null : addressError(fields.requesterEmail, t);
  const subject = textError(fields.subject, limits.subject, t);
  const body = textError(fields.body, limits.body, t);
  if (requesterEmail) errors.requesterEmail = requesterEmail;
  if (subject) errors.subject = subject;
  if (body) errors.body = body;
  return errors;
}

/** What the API has against fields of this page, in its own words; null where it is about something else. */
export function errorsOf(error: unknown): FieldErrors | null {
  if (!(error instanceof ApiError) || !error.problem?.errors) return null;
  const entries = Object.entries(error.problem.errors).filter((entry) => isField(entry[0]));
  return entries.length > 0 ? Object.fromEntries(entries.map(([field, texts]) => [field, texts.join(' ')])) : null;
}

function isField(name: string): name is Field {
  return (fieldOrder as readonly string[]).includes(name);
}
