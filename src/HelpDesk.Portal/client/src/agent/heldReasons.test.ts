import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messages as german } from '../i18n/de';
import { messages as english } from '../i18n/en';
import { heldReason } from './heldReasons';

const core = '../../HelpDesk.Core';

/** All sentences by which the server holds a mail, as it is written. */
function sentences(): string[] {
  const router = readFileSync(`${core}/Service/InboundRouter.cs`, 'utf8');
  const held = [...router.matchAll(/MailDecision\.Hold\((.*)\)/g)].flatMap((call) => [...call[1]!.matchAll(/\$?"([^"]+)"/g)].map((text) => text[1]!));
  const constants = [...router.matchAll(/const string \w+ = "([^"]+)"/g)].map((text) => text[1]!);
  const unreadable = ['Inbound/MailMeter.cs', 'Inbound/MailParser.cs', 'Service/InboundPump.cs'].flatMap((file) =>
    [...readFileSync(`${core}/${file}`, 'utf8').matchAll(/UnreadableMailException\(\$?"([^"]+)"/g)].map((text) => text[1]!),
  );
  return [...held, ...constants, ...unreadable].map((text) => text.replaceAll(/\{[^}]*\}/g, '17'));
}

test('every reason of the server has words in both languages', () => {
  const all = sentences();
  expect(all.length).toBeGreaterThan(15);
  for (const sentence of all) {
    const told = heldReason(sentence, german.agent.heldReasons);
    expect(Object.values(german.agent.heldReasons).map((text) => (typeof text === 'string' ? text : text('17'))), sentence).toContain(told.replace(/ 17$/, ''));
  }
});

test('a number of the reason is told too', () => {
  expect(heldReason('Its sender has written more than 100 mails within an hour.', german.agent.heldReasons)).toContain('100');
});

test('what was odd about the mail follows as the server has said it', () => {
  expect(heldReason('It does not say from whom it is. The envelope names no sender.', english.agent.heldReasons)).toBe('It does not say from whom it is. The envelope names no sender.');
  expect(heldReason('It does not say from whom it is. The envelope names no sender.', german.agent.heldReasons)).toBe('Sie nennt keinen Absender. The envelope names no sender.');
});

test('a sender who cannot answer any more is told without the details for developers', () => {
  expect(heldReason('By the reply address of its sender. But its sender cannot answer there: The ticket is closed.', english.agent.heldReasons)).toBe(english.agent.heldReasons.cannotAnswer);
});

test('a reason that is not known is told as it came', () => {
  expect(heldReason('The moon is full.', german.agent.heldReasons)).toBe('The moon is full.');
});
