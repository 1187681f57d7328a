import { expect, test } from 'vitest';
import { toggle, toggleRange } from './selection';

const order = ['a', 'b', 'c', 'd', 'e'];
const range = (selected: string[], anchor: string | null, id: string) => [...toggleRange(new Set(selected), order, anchor, id)].sort();

test('a row is selected, and taken out again, without changing what was there', () => {
  const before = new Set(['a']);
  expect([...toggle(before, 'b')]).toEqual(['a', 'b']);
  expect([...toggle(before, 'a')]).toEqual([]);
  expect([...before]).toEqual(['a']);
});

test('a range goes down and up from the row that was touched last, with both ends', () => {
  expect(range(['b'], 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(range(['d'], 'd', 'b')).toEqual(['b', 'c', 'd']);
  expect(range(['b'], 'b', 'b')).toEqual([]);
});

test('a range keeps what lies outside of it', () => {
  expect(range(['a', 'c'], 'c', 'd')).toEqual(['a', 'c', 'd']);
});

test('a range from a selected row to a selected row takes all of it out', () => {
  expect(range(['a', 'b', 'c', 'd'], 'b', 'c')).toEqual(['a', 'd']);
});

test('without a first row, or with one that has left, a range is its row alone', () => {
  expect(range(['a'], null, 'c')).toEqual(['a', 'c']);
  expect(range(['a'], 'gone', 'c')).toEqual(['a', 'c']);
});
