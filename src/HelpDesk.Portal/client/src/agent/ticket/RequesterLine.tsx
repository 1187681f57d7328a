import type { Conversation } from '../../api/tickets';
import { useText } from '../../i18n/text';

/** The number, and whose ticket it is: a mistyped address is seen before somebody is written to. */
export function RequesterLine({ ticket: { number, requester } }: { ticket: Conversation }) {
  const { t } = useText();
  const { name, email } = requester;
  return (
    <span className="hd-muted hd-requester-line">
      <span className="hd-number">{number}</span> · {t.ticket.for} <bdi>{name}</bdi>
      {email && email !== name && <> (<bdi>{email}</bdi>)</>}
    </span>
  );
}
