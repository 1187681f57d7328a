import { useRef, useState } from 'react';
import { newKey } from '../api/client';
import { send, type Outgoing, type Upload } from '../api/upload';

type Command = Omit<Outgoing, 'key'>;

/**
 * Sends a command that may carry files. A try after a failure has the key of the one before, as long as the command is the same: should the first have
 * arrived after all, the answer is that of the first.
 */
export function useSend<T>(path: string) {
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const upload = useRef<Upload<T> | null>(null);
  const last = useRef<{ command: string; files: readonly File[]; key: string } | null>(null);

  async function start(command: Command): Promise<T | null> {
    if (upload.current) return null;
    const text = JSON.stringify(command.fields);
    const isSame = last.current?.command === text && last.current.files.length === command.files.length && last.current.files.every((file, index) => file === command.files[index]);
    if (!isSame) last.current = { command: text, files: command.files, key: newKey() };
    setError(null);
    setProgress(0);
    upload.current = send<T>(path, { ...command, key: last.current!.key }, setProgress);
    try {
      const result = await upload.current.done;
      last.current = null;
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
