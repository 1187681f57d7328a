/** Selects a row, or takes it out. */
export function toggle(selected: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/**
 * Gives all rows between the one that was touched last and this one what this one gets: selected, or not.
 * Where the first one is not in the list any more, it is this row alone.
 */
export function toggleRange(selected: ReadonlySet<string>, order: readonly string[], anchor: string | null, id: string): Set<string> {
  const end = order.indexOf(id);
  const start = anchor === null ? -1 : order.indexOf(anchor);
  if (end < 0 || start < 0) return toggle(selected, id);
  const isOn = !selected.has(id);
  const next = new Set(selected);
  for (const each of order.slice(Math.min(start, end), Math.max(start, end) + 1)) {
    if (isOn) next.add(each);
    else next.delete(each);
  }
  return next;
}
