import { useRef, useState } from 'react';
import { newKey } from '../api/client';
import { useMe } from '../api/people';
import { send, type Outgoing, type Upload } from '../api/upload';
import { forget, readStored, store } from '../app/storage';

type Command = Omit<Outgoing, 'key'>;

/** The key of the last try, if that was the same command, else a new one. It outlives a reload, as the draft does. */
function keyOf(storageKey: string, { fields, files }: Command): string {
  const command = JSON.stringify([fields, files.map((file) => [file.name, file.size, file.lastModified])]);
  const last = readStored(storageKey, 'sessionStorage') as { command: string; key: string } | null;
  if (last?.command === command) return last.key;
  const key = newKey();
  store(storageKey, { command, key }, 'sessionStorage');
  return key;
}

/**
 * Sends a command that may carry files. A try after a failure has the key of the one before, as long as the command is the same: should the first have
 * arrived after all, the answer is that of the first.
 * @param place Where it is written, where several places send to the same path: what one of them sends is no new try of another's.
 */
export function useSend<T>(path: string, place = path) {
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const upload = useRef<Upload<T> | null>(null);
  const { data: me } = useMe();
  const storageKey = `helpdesk:sending:${me?.id ?? ''}:${place}`;

  async function start(command: Command): Promise<T | null> {
    if (upload.current) return null;
    const key = keyOf(storageKey, command);
    setError(null);
    setProgress(0);
    upload.current = send<T>(path, { ...command, key }, setProgress);
    try {
      const result = await upload.current.done;
      forget(storageKey, 'sessionStorage');
      return result;
    } catch (failure) {
      // Cancelled by its sender: the form is as it was, and nothing is wrong.
      if (!(failure instanceof DOMException && failure.name === 'AbortError')) setError(failure);
      throw failure;
    } finally {
      upload.current = null;
      setProgress(null);
    }
  }

  return { start, cancel: () => upload.current?.cancel(), progress, isSending: progress !== null, error, forgetError: () => setError(null) };
}
