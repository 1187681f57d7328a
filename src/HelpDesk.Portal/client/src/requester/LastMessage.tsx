import type { Ticket } from '../api/tickets';
import { useText } from '../i18n/text';
import { Time } from '../ui/Time';

/** Who spoke last, and when. */
export function LastMessage({ ticket }: { ticket: Ticket }) {
  const { t } = useText();
  const last = ticket.lastMessage;
  if (!last) return null;
  return (
    <p className="hd-second">
      <bdi>{speaker(ticket, { you: t.you, support: t.support })}</bdi>
      {' · '}
      <Time at={last.at} />
    </p>
  );
}

/** Somebody who is in copy of the mails may have spoken too: they have their own name. */
export function speaker(ticket: Ticket, words: { you: string; support: string }): string {
  const last = ticket.lastMessage;
  if (!last || last.kind === 'system') return words.support;
  if (last.kind === 'requester' && last.author === ticket.requester.name) return words.you;
  return last.author || words.support;
}
