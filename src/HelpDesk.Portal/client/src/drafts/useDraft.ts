import { useCallback, useEffect, useRef, useState } from 'react';
import { useMe } from '../api/people';
import { draftKey, readDraft, removeDraft, removeSent, writeDraft } from './drafts';

export interface Draft<T> {
  value: T;
  set(value: T): void;
  /** Forgets what was written: the server has it, or its writer gave it up. What was written at the same place since is kept. */
  clear(): void;
  /** Whether the browser's storage has what is in `value`. */
  isSaved: boolean;
}

/** Whether there is a draft for a place, as of when its page was last drawn. */
export function useHasDraft(place: string): boolean {
  const { data: me } = useMe();
  return readDraft(draftKey(me?.id ?? '', place)) !== null;
}

/** A value that outlives the page, kept for its user and a place such as `TKT-2026-000001:reply`. Mount anew (by `key`) where the place changes. */
export function useDraft<T>(place: string, empty: T): Draft<T> {
  const { data: me } = useMe();
  const key = draftKey(me?.id ?? '', place);
  const first = useRef(empty);
  const [value, setValue] = useState<T>(() => readDraft<T>(key) ?? empty);
  const [isSaved, setSaved] = useState(() => readDraft<T>(key) !== null);

  const set = useCallback(
    (next: T) => {
      setValue(next);
      if (JSON.stringify(next) === JSON.stringify(first.current)) {
        removeDraft(key);
        setSaved(false);
      } else {
        setSaved(writeDraft(key, next));
      }
    },
    [key],
  );

  const clear = useCallback(() => {
    removeSent(key, value);
    setValue((current) => (JSON.stringify(current) === JSON.stringify(value) ? first.current : current));
    setSaved(readDraft<T>(key) !== null);
  }, [key, value]);

  // Sent from another tab, or by a form that was left before it was sent: what is the same here has gone too. What is not the same is somebody's text, and stays.
  useEffect(() => {
    function onStorage(event: StorageEvent) {
      if (event.key !== key || event.newValue !== null || event.oldValue === null) return;
      const sent = (JSON.parse(event.oldValue) as { value: T }).value;
      setValue((current) => (JSON.stringify(current) === JSON.stringify(sent) ? first.current : current));
      setSaved(false);
    }
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  }, [key]);

  return { value, set, clear, isSaved };
}
