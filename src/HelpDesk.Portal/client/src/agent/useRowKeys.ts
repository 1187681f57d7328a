import type { RefObject } from 'react';
import { useShortcuts } from '../shortcuts/useShortcuts';
import type { Selection } from '../lists/useSelection';

/** The keys of a list: they move the focus, or select. A row is an element with `data-row`, its link one with `data-row-link`. */
export function useRowKeys(list: RefObject<HTMLElement | null>, search: RefObject<HTMLInputElement | null>, selection: Selection): void {
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const current = () => rows().findIndex((row) => row.contains(document.activeElement));

  function move(step: 1 | -1) {
    const all = rows();
    const from = current();
    const to = from < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, from + step));
    all[to]?.querySelector<HTMLElement>('[data-row-link]')?.focus();
  }

  function select(isRange: boolean) {
    const id = rows()[current()]?.dataset['row'];
    if (id) selection.toggle(id, isRange);
  }

  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: () => select(false),
    X: () => select(true),
    '/': () => search.current?.focus(),
  });
}
