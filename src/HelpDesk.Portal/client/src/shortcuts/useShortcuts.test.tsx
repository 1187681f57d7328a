import '../testing/page';
import { cleanup, fireEvent, render, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changeSettings } from '../app/settings';
import { useShortcuts } from './useShortcuts';

beforeEach(() => changeSettings({ shortcuts: true }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function press(key: string, target: Element = document.body, more: object = {}): boolean {
  return fireEvent.keyDown(target, { key, ...more });
}

test('a key does its work, and nothing else: the browser does not act on it too', () => {
  const next = vi.fn();
  renderHook(() => useShortcuts({ j: next }));
  expect(press('j')).toBe(false);
  expect(press('q')).toBe(true);
  expect(next).toHaveBeenCalledOnce();
});

test('a letter with Shift is another one', () => {
  const [one, range] = [vi.fn(), vi.fn()];
  renderHook(() => useShortcuts({ x: one, X: range }));
  press('Shift', document.body, { shiftKey: true });
  press('X', document.body, { shiftKey: true });
  expect([one.mock.calls.length, range.mock.calls.length]).toEqual([0, 1]);
});

test('a pair is two keys within a moment', () => {
  vi.useFakeTimers();
  const go = vi.fn();
  renderHook(() => useShortcuts({ 'g m': go }));
  press('m');
  expect(go).not.toHaveBeenCalled();
  press('g');
  press('m');
  expect(go).toHaveBeenCalledOnce();
  press('g');
  vi.advanceTimersByTime(2_000);
  press('m');
  expect(go).toHaveBeenCalledOnce();
  press('g');
  press('q');
  press('m');
  expect(go).toHaveBeenCalledOnce();
});

test('the second key of a pair is nobody else’s single key', () => {
  const [go, assign] = [vi.fn(), vi.fn()];
  renderHook(() => useShortcuts({ 'g a': go }));
  renderHook(() => useShortcuts({ a: assign }));
  press('g');
  press('a');
  expect([go.mock.calls.length, assign.mock.calls.length]).toEqual([1, 0]);
  press('a');
  expect([go.mock.calls.length, assign.mock.calls.length]).toEqual([1, 1]);
});

test('of two that want a key, the one that came last has it, until it goes', () => {
  const [outer, inner] = [vi.fn(), vi.fn()];
  renderHook(() => useShortcuts({ j: outer }));
  const page = renderHook(() => useShortcuts({ j: inner }));
  press('j');
  page.unmount();
  press('j');
  expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([1, 1]);
});

test('Ctrl, Alt and Cmd belong to the browser, and letters that Alt types to whoever types them', () => {
  const next = vi.fn();
  renderHook(() => useShortcuts({ j: next }));
  for (const modifier of ['ctrlKey', 'altKey', 'metaKey', 'isComposing']) press('j', document.body, { [modifier]: true });
  expect(next).not.toHaveBeenCalled();
});

test.each(['input', 'textarea', 'select', 'dialog', 'menu', 'listbox', 'editable'])('it is silent in: %s', (place) => {
  const next = vi.fn();
  renderHook(() => useShortcuts({ j: next }));
  const { container } = render(
    <>
      <input data-in="input" />
      <textarea data-in="textarea" />
      <select data-in="select" />
      <div role="dialog"><button data-in="dialog" /></div>
      <div role="menu"><div role="menuitem" tabIndex={0} data-in="menu" /></div>
      <div role="listbox"><div role="option" aria-selected={false} tabIndex={0} data-in="listbox" /></div>
      <div data-in="editable" />
    </>,
  );
  const target = container.querySelector<HTMLElement>(`[data-in="${place}"]`)!;
  // jsdom knows no contentEditable.
  if (place === 'editable') Object.defineProperty(target, 'isContentEditable', { value: true });
  press('j', target);
  expect(next).not.toHaveBeenCalled();
});

test('a checkbox or a link takes no letters', () => {
  const next = vi.fn();
  renderHook(() => useShortcuts({ j: next }));
  const { container } = render(<><input type="checkbox" /><a href="/">a</a></>);
  for (const target of container.querySelectorAll('input, a')) press('j', target);
  expect(next).toHaveBeenCalledTimes(2);
});

test('switched off, none acts; switched on again, all do', () => {
  const next = vi.fn();
  const page = renderHook(() => useShortcuts({ j: next }));
  changeSettings({ shortcuts: false });
  page.rerender();
  expect(press('j')).toBe(true);
  changeSettings({ shortcuts: true });
  page.rerender();
  press('j');
  expect(next).toHaveBeenCalledOnce();
});
