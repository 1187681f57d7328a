import { useRef, useState } from 'react';
import { toggle, toggleRange } from './selection';

/** Which rows are selected. A range goes from the row that was touched last. */
export function useSelection(order: readonly string[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  return {
    selected,
    toggle(id: string, isRange: boolean) {
      // Computed outside of the updater, which may run twice: the anchor has moved by then.
      const from = anchor.current;
      setSelected((now) => (isRange ? toggleRange(now, order, from, id) : toggle(now, id)));
      anchor.current = id;
    },
    set(ids: Iterable<string>) {
      anchor.current = null;
      setSelected(new Set(ids));
    },
    remove(ids: readonly string[]) {
      setSelected((now) => new Set([...now].filter((id) => !ids.includes(id))));
    },
  };
}

export type Selection = ReturnType<typeof useSelection>;
