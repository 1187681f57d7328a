import { config } from '../app/config';
import { ApiError, toError, writeHeaders } from './client';

/** What somebody sends: texts, and files with them. */
export interface Outgoing {
  fields: Record<string, string | boolean | undefined>;
  files: readonly File[];
  /** The same key for every try of the same command, so that a lost answer does not make it twice. */
  key: string;
  /** Only where nobody has changed the ticket since. */
  ifMatch?: string | undefined;
}

export interface Upload<T> {
  done: Promise<T>;
  cancel(): void;
}

/** Posts by XMLHttpRequest, since fetch does not tell how much of a file has been sent. Progress is in percent. */
export function send<T>(path: string, outgoing: Outgoing, progress?: (percent: number) => void): Upload<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    request.open('POST', config.api + path);
    request.responseType = 'json';
    for (const [name, value] of writeHeaders()) request.setRequestHeader(name, value);
    request.setRequestHeader('Idempotency-Key', outgoing.key);
    if (outgoing.ifMatch) request.setRequestHeader('If-Match', outgoing.ifMatch);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress?.(Math.floor((event.loaded / event.total) * 100));
    };
    request.onload = () => {
      // Without a body that can be read it is somebody else's answer, as that of a network that asks for a sign-in.
      if (request.status >= 200 && request.status < 300 && request.response !== null) resolve(request.response as T);
      else if (request.status >= 200 && request.status < 300) reject(new ApiError(0, null));
      else reject(toError(request.status, request.response));
    };
    request.onerror = () => reject(new ApiError(0, null));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.ontimeout = () => reject(new ApiError(0, null));
    if (outgoing.files.length > 0) {
      request.send(toForm(outgoing));
    } else {
      // Files take as long as they take, and can be cancelled; a text that gets no answer is told.
      request.timeout = 60_000;
      request.setRequestHeader('Content-Type', 'application/json');
      request.send(JSON.stringify(outgoing.fields));
    }
  });
  return { done, cancel: () => request.abort() };
}

function toForm({ fields, files }: Outgoing): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, String(value));
  for (const file of files) form.append('attachments', file, file.name);
  return form;
}
