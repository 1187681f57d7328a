import { describe, expect, it } from 'vitest';
import { isolate, isolating } from './isolate';

describe('a text of somebody else in a sentence', () => {
  it('stays as it is where it turns nothing', () => {
    expect(isolate('alice')).toBe('alice');
  });

  it('is isolated where it runs from right to left', () => {
    expect(isolate('עליזה')).toBe('\u2068עליזה\u2069');
  });

  it('loses its overrides, which would end the isolation', () => {
    expect(isolate('\u202egpj.exe\u202c\u2069')).toBe('\u2068gpj.exe\u2069');
  });

  it('is isolated in every text that takes one, however deep', () => {
    const texts = isolating({ plain: 'x', deep: { to: (name: string, n: number) => `To ${name} ${n}` } });
    expect([texts.plain, texts.deep.to('\u202ea', 2)]).toEqual(['x', 'To \u2068a\u2069 2']);
  });
});
