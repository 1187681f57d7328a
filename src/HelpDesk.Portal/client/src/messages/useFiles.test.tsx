import '../testing/page';
import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { WithTexts } from '../testing/WithTexts';
import { useFiles } from './useFiles';

const file = (name: string, size: number) => new File([new Uint8Array(size)], name);
const hook = () => renderHook(() => useFiles(), { wrapper: WithTexts }).result;

describe('files', () => {
  it('are taken up to their size, and told beyond it', () => {
    const files = hook();
    act(() => files.current.add([file('fits.txt', 100), file('large.txt', 101), file('empty.txt', 0)]));
    expect(files.current.files.map((each) => each.name)).toEqual(['fits.txt']);
    expect(files.current.problems).toEqual(['large.txt is larger than 100 B.', 'empty.txt is empty.']);
  });

  it('are taken up to their number, which is told once', () => {
    const files = hook();
    act(() => files.current.add([file('1', 1), file('2', 1), file('3', 1), file('4', 1)]));
    expect(files.current.files).toHaveLength(2);
    expect(files.current.problems).toEqual(['At most 2 files.']);
    act(() => files.current.remove(files.current.files[0]!));
    expect(files.current.problems).toEqual([]);
    act(() => files.current.add([file('5', 1)]));
    expect(files.current.files.map((each) => each.name)).toEqual(['2', '5']);
  });
});
