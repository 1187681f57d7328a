import { useEffect, useRef } from 'react';
import { useSettings } from '../app/settings';

/** How long the second key of a pair may take. */
const pairPause = 1_500;

/**
 * Single keys of a page, by the letter they type (whatever the layout of the keyboard), and pairs such as `g m`. They move or open; none changes a ticket.
 * They are silent in fields, dialogs and menus, with Ctrl, Alt or Cmd, and where the reader has switched them off (WCAG 2.1.4).
 */
export function useShortcuts(shortcuts: Record<string, () => void>): void {
  const { shortcuts: isOn } = useSettings();
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });

  useEffect(() => {
    if (!isOn) return;
    let first = '';
    let firstAt = 0;
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTakenBy(event.target)) return;
      const pair = first && Date.now() - firstAt < pairPause ? `${first} ${event.key}` : '';
      const action = current.current[pair] ?? current.current[event.key];
      const startsPair = Object.keys(current.current).some((keys) => keys.startsWith(`${event.key} `));
      first = startsPair && !pair ? event.key : '';
      firstAt = Date.now();
      if (!action) return;
      event.preventDefault();
      action();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOn]);
}

/** Whether the key belongs to what has the focus. */
function isTakenBy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="dialog"], [role="alertdialog"], [role="listbox"], [role="menu"]')) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
