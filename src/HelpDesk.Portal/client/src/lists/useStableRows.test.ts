import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useStableRows } from './useStableRows';

interface Row {
  id: string;
  text?: string;
}

const row = (id: string, text?: string): Row => (text === undefined ? { id } : { id, text });

function render(first: Row[][] | undefined, hasMore = false) {
  return renderHook(({ pages, filter, more }) => useStableRows(pages, filter, more), { initialProps: { pages: first, filter: 'all', more: hasMore } });
}

const ids = (rows: { item: Row }[]) => rows.map(({ item }) => item.id).join('');

describe('rows that stand still', () => {
  it('shows nothing before there is something', () => {
    const { result, rerender } = render(undefined);
    expect(result.current.rows).toEqual([]);
    rerender({ pages: [[row('a')]], filter: 'all', more: false });
    expect(ids(result.current.rows)).toBe('a');
  });

  it('keeps the order, changes rows in place, and lets new ones wait', () => {
    const { result, rerender } = render([[row('a'), row('b')]]);
    rerender({ pages: [[row('n'), row('b', 'changed'), row('a')]], filter: 'all', more: false });
    expect(ids(result.current.rows)).toBe('ab');
    expect(result.current.rows[1]?.item.text).toBe('changed');
    expect(result.current.newCount).toBe(1);
    act(() => result.current.showNew());
    expect(ids(result.current.rows)).toBe('nba');
    expect(result.current.newCount).toBe(0);
  });

  it('dims what left until its reader asks for what is new', () => {
    const { result, rerender } = render([[row('a'), row('b', 'last seen')]]);
    rerender({ pages: [[row('a')]], filter: 'all', more: false });
    expect(result.current.rows.map(({ isGone }) => isGone)).toEqual([false, true]);
    expect(result.current.rows[1]?.item.text).toBe('last seen');
    act(() => result.current.showNew());
    expect(ids(result.current.rows)).toBe('a');
  });

  it('appends the rows of further pages', () => {
    const { result, rerender } = render([[row('a'), row('b')]], true);
    rerender({ pages: [[row('a'), row('b')], [row('c')]], filter: 'all', more: false });
    expect(ids(result.current.rows)).toBe('abc');
    expect(result.current.newCount).toBe(0);
  });

  it('does not take a last row for gone that may only stand on a page which is not loaded', () => {
    const { result, rerender } = render([[row('a'), row('b')]], true);
    rerender({ pages: [[row('n'), row('a')]], filter: 'all', more: true });
    expect(result.current.rows.map(({ isGone }) => isGone)).toEqual([false, false]);
    expect(result.current.newCount).toBe(1);
  });

  it('begins anew with another filter', () => {
    const { result, rerender } = render([[row('a'), row('b')]]);
    rerender({ pages: [[row('c'), row('a')]], filter: 'open', more: false });
    expect(ids(result.current.rows)).toBe('ca');
    expect(result.current.newCount).toBe(0);
  });
});
