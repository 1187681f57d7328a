import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draftKey, readDraft, removeDraft, removeOldDrafts, removeSent, writeDraft } from './drafts';

const day = 24 * 60 * 60 * 1000;

describe('drafts', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-28T12:00:00Z') });
    localStorage.clear();
  });
  afterEach(() => vi.useRealTimers());

  it('are there again, by user and place', () => {
    expect(writeDraft(draftKey('alice', 'new'), { subject: 'Mine' })).toBe(true);
    expect(readDraft(draftKey('alice', 'new'))).toEqual({ subject: 'Mine' });
    expect(readDraft(draftKey('bob', 'new'))).toBeNull();
    expect(readDraft(draftKey('alice', 'TKT-2026-000001:reply'))).toBeNull();
  });

  it('are gone when they are removed', () => {
    writeDraft(draftKey('alice', 'new'), 'text');
    removeDraft(draftKey('alice', 'new'));
    expect(readDraft(draftKey('alice', 'new'))).toBeNull();
  });

  it('are gone when they were sent, and the forms of the same page hear of it as other tabs do', () => {
    const heard: (string | null)[] = [];
    const listen = (event: StorageEvent) => heard.push(event.key, event.oldValue && (JSON.parse(event.oldValue) as { value: string }).value, event.newValue);
    addEventListener('storage', listen);
    const key = draftKey('alice', 'new');
    writeDraft(key, 'sent');
    removeSent(key, 'sent');
    removeSent(key, 'sent');
    removeEventListener('storage', listen);
    expect(readDraft(key)).toBeNull();
    expect(heard).toEqual([key, 'sent', null]);
  });

  it('stay where something else was written since', () => {
    writeDraft(draftKey('alice', 'new'), 'the next one');
    removeSent(draftKey('alice', 'new'), 'sent');
    expect(readDraft(draftKey('alice', 'new'))).toBe('the next one');
  });

  it('live for thirty days, whoever wrote them', () => {
    writeDraft(draftKey('alice', 'new'), 'old');
    vi.advanceTimersByTime(15 * day);
    writeDraft(draftKey('bob', 'new'), 'younger');
    vi.advanceTimersByTime(15 * day);
    expect(readDraft(draftKey('alice', 'new'))).toBeNull();
    removeOldDrafts();
    expect(localStorage.getItem(draftKey('alice', 'new'))).toBeNull();
    expect(readDraft(draftKey('bob', 'new'))).toBe('younger');
  });

  it('leave what is not theirs', () => {
    localStorage.setItem('helpdesk:settings', '{}');
    localStorage.setItem('theirs', 'not json');
    localStorage.setItem(draftKey('alice', 'new'), 'not json');
    removeOldDrafts();
    expect(localStorage.getItem('helpdesk:settings')).toBe('{}');
    expect(localStorage.getItem('theirs')).toBe('not json');
    expect(localStorage.getItem(draftKey('alice', 'new'))).toBeNull();
  });

  it('are not called saved where the storage is full', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(writeDraft(draftKey('alice', 'new'), 'text')).toBe(false);
  });
});
