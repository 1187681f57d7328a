import { describe, expect, it } from 'vitest';
import '../testing/page';
import { messages as t } from '../i18n/en';
import { checkRequest, emptyRequest, errorsOf } from './requestForm';
import { ApiError } from '../api/client';

const limits = { subject: 10, body: 20, files: 2, fileSize: 100, reopenSeconds: 60 };

describe('the form of a request', () => {
  it('needs a subject and a text', () => {
    expect(checkRequest({ ...emptyRequest, subject: '  ' }, limits, t)).toEqual({ subject: t.required, body: t.required });
  });

  it('counts what is sent: what surrounds a text does not', () => {
    expect(checkRequest({ ...emptyRequest, subject: ` ${'s'.repeat(10)} `, body: 'b'.repeat(20) }, limits, t)).toEqual({});
    expect(checkRequest({ ...emptyRequest, subject: 's'.repeat(11), body: 'b'.repeat(21) }, limits, t)).toEqual({ subject: t.tooLong(10), body: t.tooLong(20) });
  });

  it('needs to know for whom it is, where it is for somebody', () => {
    const told = (requesterEmail: string) => checkRequest({ ...emptyRequest, subject: 's', body: 'b', requesterEmail }, limits, t).requesterEmail;
    expect(told(' ')).toBe(t.required);
    for (const wrong of ['carol', 'carol@', '@example.com', 'carol@a b', 'carol@a@b']) expect(told(wrong)).toBe(t.agent.noAddress);
    for (const right of [' carol@example.com ', 'carol@localhost', 'jörg@bücher.example']) expect(told(right)).toBeUndefined();
  });

  it('puts what the API says at its own fields only', () => {
    const problem = (errors: Record<string, string[]>) => new ApiError(400, { title: '', status: 400, detail: '', code: 'validation', errors });
    expect(errorsOf(problem({ subject: ['No.', 'Never.'], requesterId: ['Who?'] }))).toEqual({ subject: 'No. Never.' });
    expect(errorsOf(problem({ requesterId: ['Who?'] }))).toBeNull();
    expect(errorsOf(new ApiError(503, null))).toBeNull();
    expect(errorsOf(new Error('other'))).toBeNull();
  });
});
