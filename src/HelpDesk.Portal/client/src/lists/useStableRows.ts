import { useRef, useState } from 'react';

export interface StableRow<T> {
  item: T;
  /** It does not belong to the list any more: it stays, dimmed, until its reader asks for what is new. */
  isGone: boolean;
}

interface Shown<T> {
  resetKey: string;
  pages: number;
  order: string[];
  items: Map<string, T>;
}

/**
 * Rows that do not move under the pointer: what is shown is updated in place, what left is dimmed, and what is new waits until `showNew` is called.
 * Further pages are appended. Another `resetKey` (other filters) begins anew.
 */
export function useStableRows<T extends { id: string }>(pages: readonly (readonly T[])[] | undefined, resetKey: string, hasMore: boolean) {
  const [, render] = useState(0);
  // Derived while rendering: the same pages give the same rows however often they are rendered.
  const shown = useRef<Shown<T> | null>(null);

  if (!pages) return { rows: [] as StableRow<T>[], newCount: 0, showNew: () => undefined };

  const fresh = new Map(pages.flat().map((item) => [item.id, item]));
  if (shown.current?.resetKey !== resetKey) shown.current = { resetKey, pages: pages.length, order: [...fresh.keys()], items: new Map(fresh) };
  const current = shown.current;
  const known = new Set(current.order);
  for (const page of pages.slice(current.pages)) {
    for (const item of page) {
      if (known.has(item.id)) continue;
      known.add(item.id);
      current.order.push(item.id);
    }
  }
  current.pages = pages.length;
  for (const id of current.order) {
    const item = fresh.get(id);
    if (item) current.items.set(id, item);
  }

  // Where there is more, the last rows may only have moved to a page that is not loaded.
  let end = current.order.length;
  while (hasMore && end > 0 && !fresh.has(current.order[end - 1]!)) end--;
  const rows = current.order.map((id, index): StableRow<T> => ({ item: current.items.get(id)!, isGone: index < end && !fresh.has(id) }));
  const newCount = [...fresh.keys()].filter((id) => !known.has(id)).length;

  return {
    rows,
    newCount,
    showNew: () => {
      shown.current = null;
      render((count) => count + 1);
    },
  };
}
