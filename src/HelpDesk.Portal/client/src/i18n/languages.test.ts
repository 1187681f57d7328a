import { describe, expect, it } from 'vitest';
import { messages as german } from './de';
import { messages as english } from './en';

/** Every text of a language, by its path. Texts with values are called with plain ones. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String((value as (...values: unknown[]) => string)('2', 'name'))]];
  return Object.entries(value as object).flatMap(([name, each]) => texts(each, path ? `${path}.${name}` : name));
}

describe('the languages', () => {
  it('have the same texts', () => {
    expect(texts(german).map(([path]) => path).sort()).toEqual(texts(english).map(([path]) => path).sort());
  });

  it('leave no text empty', () => {
    expect([...texts(german), ...texts(english)].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('address the reader as "Sie"', () => {
    expect(texts(german).filter(([, text]) => /\b([Dd]u|[Dd]ein(e[mnrs]?)?|[Dd]ich|[Dd]ir|[Ee]u(ch|er))\b/.test(text))).toEqual([]);
  });
});
