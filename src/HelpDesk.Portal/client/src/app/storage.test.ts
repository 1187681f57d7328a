import { afterEach, describe, expect, it, vi } from 'vitest';
import { forget, readStored, store, storedKeys } from './storage';

describe('what the browser keeps', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    localStorage.clear();
  });

  it('is read as it was written, and forgotten', () => {
    expect(store('a:1', { text: 'x' })).toBe(true);
    expect(readStored('a:1')).toEqual({ text: 'x' });
    expect(storedKeys('a:')).toEqual(['a:1']);
    forget('a:1');
    expect(readStored('a:1')).toBeNull();
  });

  // A page that could not read its settings stayed blank.
  it('is nothing where somebody else has written it', () => {
    localStorage.setItem('a:1', '{x');
    expect(readStored('a:1')).toBeNull();
  });

  it('is nothing where it is forbidden, and the page is told', () => {
    const forbidden = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(forbidden);
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(forbidden);
    vi.spyOn(Storage.prototype, 'removeItem').mockImplementation(forbidden);
    expect(readStored('a:1')).toBeNull();
    expect(store('a:1', 1)).toBe(false);
    expect(() => forget('a:1')).not.toThrow();
  });
});
