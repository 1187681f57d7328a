import { config } from '../app/config';
import { ApiError, toError, writeHeaders } from './client';

export interface Upload<T> {
  done: Promise<T>;
  cancel(): void;
}

/** Posts a form with files. Not by fetch, which does not tell how much has been sent. */
export function post<T>(path: string, form: FormData, headers: Record<string, string>, progress: (percent: number) => void): Upload<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    request.open('POST', config.api + path);
    request.responseType = 'json';
    for (const [name, value] of [...writeHeaders(), ...Object.entries(headers)]) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(Math.floor((event.loaded / event.total) * 100));
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T);
      else reject(toError(request.status, request.response));
    };
    request.onerror = () => reject(new ApiError(0, null));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.send(form);
  });
  return { done, cancel: () => request.abort() };
}
