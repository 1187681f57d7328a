import { forget, readStored, store, storedKeys } from '../app/storage';

/** Texts that are not sent yet, by user and place, in the browser's storage: what was typed outlives reload, sign-out and crash. */

const prefix = 'helpdesk:draft:';
const lifetime = 30 * 24 * 60 * 60 * 1000;

interface Stored<T> {
  value: T;
  at: number;
}

export function draftKey(userId: string, place: string): string {
  return `${prefix}${userId}:${place}`;
}

export function readDraft<T>(key: string): T | null {
  const stored = read<T>(key);
  return stored && stored.at > Date.now() - lifetime ? stored.value : null;
}

/** @returns false where the browser's storage is full or forbidden: then the page must not say that it is saved. */
export function writeDraft<T>(key: string, value: T): boolean {
  return store(key, { value, at: Date.now() } satisfies Stored<T>);
}

export function removeDraft(key: string): void {
  forget(key);
}

/** Removes what was sent, unless something else was written there since, and tells the forms of this page as the browser tells other tabs. */
export function removeSent<T>(key: string, sent: T): void {
  const stored = read<T>(key);
  if (!stored || JSON.stringify(stored.value) !== JSON.stringify(sent)) return;
  forget(key);
  dispatchEvent(new StorageEvent('storage', { key, oldValue: JSON.stringify(stored), newValue: null }));
}

/** Removes what is older than thirty days, of everybody who uses this browser. */
export function removeOldDrafts(): void {
  for (const key of storedKeys(prefix)) {
    const stored = read(key);
    if (!stored || stored.at <= Date.now() - lifetime) forget(key);
  }
}

function read<T>(key: string): Stored<T> | null {
  const stored = readStored(key) as Partial<Stored<T>> | null;
  return stored && typeof stored.at === 'number' && stored.value !== undefined ? { value: stored.value, at: stored.at } : null;
}
