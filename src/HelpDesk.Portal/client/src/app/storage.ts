/** What the browser keeps for the page. Where its owner has forbidden that, nothing is kept, and the page works. */

type Kind = 'localStorage' | 'sessionStorage';

/** The value of a key; null where there is none, or it is not what this script has written. */
export function readStored(key: string, kind: Kind = 'localStorage'): unknown {
  try {
    return JSON.parse(window[kind].getItem(key) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

/** @returns false where it could not be kept. */
export function store(key: string, value: unknown, kind: Kind = 'localStorage'): boolean {
  try {
    window[kind].setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Whether the browser keeps anything at all. */
export function canStore(): boolean {
  const isKept = store('helpdesk:probe', true);
  forget('helpdesk:probe');
  return isKept;
}

export function forget(key: string, kind: Kind = 'localStorage'): void {
  try {
    window[kind].removeItem(key);
  } catch {
    // There is nothing to forget where nothing may be kept.
  }
}

export function storedKeys(prefix: string): string[] {
  try {
    return Object.keys(window.localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
