import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Message } from '../api/tickets';
import { useShownMessages } from './useShownMessages';

const message = (id: string, authorId: string | null) => ({ id, author: { id: authorId, name: 'somebody', kind: 'agent' } }) as unknown as Message;
const ids = (messages: Message[]) => messages.map(({ id }) => id).join('');

describe('messages that wait for their reader', () => {
  it('shows what was there, and lets what others write wait', () => {
    const { result, rerender } = renderHook(({ messages }) => useShownMessages(messages, 'me'), { initialProps: { messages: undefined as Message[] | undefined } });
    expect(result.current.messages).toEqual([]);
    rerender({ messages: [message('a', 'ann')] });
    expect(ids(result.current.messages)).toBe('a');
    rerender({ messages: [message('a', 'ann'), message('b', 'ann'), message('c', null)] });
    expect(ids(result.current.messages)).toBe('a');
    expect(ids(result.current.waiting)).toBe('bc');
    act(() => result.current.show());
    expect(ids(result.current.messages)).toBe('abc');
    expect(result.current.waiting).toEqual([]);
  });

  it('shows one\'s own at once, also past one that waits', () => {
    const { result, rerender } = renderHook(({ messages }) => useShownMessages(messages, 'me'), { initialProps: { messages: [message('a', 'ann')] } });
    rerender({ messages: [message('a', 'ann'), message('b', 'ann'), message('c', 'me')] });
    expect(ids(result.current.messages)).toBe('ac');
    expect(ids(result.current.waiting)).toBe('b');
  });

  it('knows nobody\'s messages as its own where nobody is known', () => {
    const { result, rerender } = renderHook(({ messages }) => useShownMessages(messages, undefined), { initialProps: { messages: [message('a', null)] } });
    rerender({ messages: [message('a', null), message('b', null)] });
    expect(ids(result.current.waiting)).toBe('b');
  });
});
