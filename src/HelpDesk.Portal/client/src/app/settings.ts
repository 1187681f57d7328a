import { useSyncExternalStore } from 'react';
import { config, type Language, type Theme } from './config';
import { readStored, store } from './storage';

/** What somebody has chosen for this browser. Theme and language are cookies, since the server renders by them; the rest is of the script alone. */
export interface Settings {
  theme: Theme | null;
  language: Language;
  density: 'comfortable' | 'compact';
  absoluteTimes: boolean;
  shortcuts: boolean;
}

const storageKey = 'helpdesk:settings';
const listeners = new Set<() => void>();

function load(): Settings {
  const stored = (readStored(storageKey) ?? {}) as Partial<Settings>;
  return {
    theme: config.theme,
    language: config.language,
    density: stored.density === 'compact' ? 'compact' : 'comfortable',
    absoluteTimes: stored.absoluteTimes === true,
    shortcuts: stored.shortcuts !== false,
  };
}

let settings = load();
show();

function show(): void {
  const root = document.documentElement;
  if (settings.theme) root.dataset['theme'] = settings.theme;
  else delete root.dataset['theme'];
  root.dataset['density'] = settings.density;
}

export function changeSettings(change: Partial<Settings>): void {
  settings = { ...settings, ...change };
  store(storageKey, { density: settings.density, absoluteTimes: settings.absoluteTimes, shortcuts: settings.shortcuts });
  if ('theme' in change) setCookie('helpdesk-theme', settings.theme);
  if ('language' in change) setCookie('helpdesk-language', settings.language);
  show();
  for (const listener of listeners) listener();
}

export function useSettings(): Settings {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => settings,
  );
}

function setCookie(name: string, value: string | null): void {
  const lifetime = value === null ? 0 : 365 * 24 * 60 * 60;
  document.cookie = `${name}=${value ?? ''}; path=${config.mountedAt || '/'}; max-age=${lifetime}; samesite=lax`;
}
