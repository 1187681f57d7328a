import createClient from 'openapi-fetch';
import { config } from '../app/config';
import { setSignedOut } from '../app/session';
import type { components, paths } from './schema';

/** The document describes the sample host, whose API is at /helpdesk; here its paths are relative to wherever a host has it. */
type ApiPaths = { [P in keyof paths as P extends `/helpdesk${infer Rest}` ? Rest : never]: paths[P] };

export type Schemas = components['schemas'];
export type Status = Schemas['TicketStatus'];
export type Priority = Schemas['TicketPriority'];
export type Problem = Schemas['ProblemResponse'];

export const api = createClient<ApiPaths>({ baseUrl: config.api });

api.use({
  onRequest({ request }) {
    if (request.method === 'GET') return request;
    for (const [name, value] of writeHeaders()) request.headers.set(name, value);
    // A change that gets no answer is told; whoever made it must not wait for ever.
    return new Request(request, { signal: AbortSignal.timeout(60_000) });
  },
});

/** What every write carries: the host's antiforgery token, where the host has one. */
export function writeHeaders(): [string, string][] {
  const antiforgery = config.antiforgery;
  return antiforgery?.header ? [[antiforgery.header, antiforgery.token]] : [];
}

/** An answer that is no success. `code` is the API's word for it; `network` where there was no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
    // What stands before the server, as a proxy does, answers in its own way where the server is away.
    this.code = status === 0 ? 'network' : (problem?.code ?? ([502, 503, 504].includes(status) ? 'unavailable' : `http_${status}`));
  }
}

/** The data of a call, or an ApiError. A 401 also tells the whole page that somebody has to sign in again. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let result;
  try {
    result = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, null);
  }
  if (!result.response.ok) throw toError(result.response.status, result.error);
  setSignedOut(false);
  return result.data as T;
}

export function toError(status: number, body: unknown): ApiError {
  if (status === 401) setSignedOut(true);
  return new ApiError(status, isProblem(body) ? body : null);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body;
}

/** A key by which a repeated command is known as the same. */
export function newKey(): string {
  // crypto.randomUUID is missing on plain http, where some intranets are.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A version as the If-Match of a command. */
export function ifMatch(version: string): string {
  return `"${version}"`;
}
