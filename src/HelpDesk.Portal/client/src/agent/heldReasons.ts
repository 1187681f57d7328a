import type { Messages } from '../i18n/en';

type Reasons = Messages['agent']['heldReasons'];

/** The API tells in English sentences why a mail is held; by these they are known. What follows a sentence (what was odd about the mail) is shown as it is. */
const known: [RegExp, (reasons: Reasons, match: RegExpExecArray) => string][] = [
  [/^It does not say from whom it is\./, (reasons) => reasons.noSender],
  [/^It does not say from which one person it is: there are several senders, or no usable address\./, (reasons) => reasons.severalSenders],
  [/^It says to be from an address of the help desk itself\./, (reasons) => reasons.ownAddress],
  [/^Its sender has written more than (\d+) mails within an hour\./, (reasons, match) => reasons.flood(match[1]!)],
  [/^It came as reports of mail servers come, but is none, and belongs to no ticket\./, (reasons) => reasons.notAReport],
  [/^It came to the reply address of somebody else: its sender may be a stranger who was given the address\./, (reasons) => reasons.othersReplyAddress],
  [/^It came to the reply address of an agent, who is none any more\./, (reasons) => reasons.formerAgent],
  [/^It says to be from an agent, but the mail provider has not authenticated its sender\./, (reasons) => reasons.agentNotAuthenticated],
  [/^It says to be from an agent, but did not come to that agent's reply address\./, (reasons) => reasons.agentElsewhere],
  [/^It answers a mail to its sender, but the mail provider says that the sender is forged\./, (reasons) => reasons.forgedAnswer],
  [/^It names a ticket of its sender, but the mail provider says that the sender is forged\./, (reasons) => reasons.forgedNumber],
  [/^It says to be from one of your users, but the mail provider says that the sender is forged\./, (reasons) => reasons.forgedUser],
  [/^It came to a reply address that is none of ours: mistyped, cut off, or of a ticket that is no longer there\./, (reasons) => reasons.unknownReplyAddress],
  [/^It was sent to many by a list, and belongs to no ticket\./, (reasons) => reasons.list],
  // What it says before and after is English, and for developers.
  [/^.* But its sender cannot answer there: .*$/s, (reasons) => reasons.cannotAnswer],
  [/^The mail cannot be read: /, (reasons) => reasons.unreadable],
  [/^The mail has (?:more than \d+ headers|more than \d+ MiB of headers|a header of more than \d+ KiB)\./, (reasons) => reasons.tooManyHeaders],
  [/^The mail has more than \d+ parts\./, (reasons) => reasons.tooManyParts],
  [/^Every try was ended by the end of its process\./, (reasons) => reasons.processEnded],
  [/^It could not be processed: /, (reasons) => reasons.failed],
];

/** Why a mail is held or has failed, in the reader's language; a sentence that is not known stays as it is. */
export function heldReason(reason: string, reasons: Reasons): string {
  for (const [pattern, text] of known) {
    const match = pattern.exec(reason);
    if (match) return `${text(reasons, match)}${reason.slice(match[0].length).replace(/^(?=\S)/, ' ')}`;
  }
  return reason;
}
