import { useEffect, useRef } from 'react';
import { useSettings } from '../app/settings';

export type Shortcuts = Record<string, () => void>;

/** How long the second key of a pair may take. */
const pairPause = 1_500;

/** All that are shown now, the innermost last. One listener for all of them: the second key of a pair is nobody's single key. */
const shown: { current: Shortcuts }[] = [];
let first = '';
let firstAt = 0;

/**
 * Single keys of a page, by the letter they type (whatever the layout of the keyboard), and pairs such as `g m`. They move or open; none changes a ticket.
 * They are silent in fields, dialogs and menus, with Ctrl, Alt or Cmd, and where the reader has switched them off (WCAG 2.1.4).
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const { shortcuts: isOn } = useSettings();
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });

  useEffect(() => {
    if (!isOn) return;
    if (shown.push(current) === 1) document.addEventListener('keydown', onKeyDown);
    return () => {
      shown.splice(shown.indexOf(current), 1);
      first = '';
      if (shown.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, [isOn]);
}

function onKeyDown(event: KeyboardEvent): void {
  // Shift is on its way to a letter, and ends no pair.
  if (event.key === 'Shift') return;
  // Caps Lock is no Shift: the keys mean what they mean without it.
  const key = event.getModifierState('CapsLock') && event.key.length === 1 ? (event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()) : event.key;
  const pair = first && Date.now() - firstAt < pairPause ? `${first} ${key}` : '';
  first = '';
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTakenBy(event.target)) return;
  const action = actionOf(pair) ?? actionOf(key);
  if (!pair && shown.some((each) => Object.keys(each.current).some((keys) => keys.startsWith(`${key} `)))) {
    first = key;
    firstAt = Date.now();
  }
  if (!action) return;
  event.preventDefault();
  action();
}

function actionOf(keys: string): (() => void) | undefined {
  return shown.findLast((each) => Object.hasOwn(each.current, keys))?.current[keys];
}

/** Whether the key belongs to what has the focus. */
function isTakenBy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="dialog"], [role="alertdialog"], [role="listbox"], [role="menu"]')) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
