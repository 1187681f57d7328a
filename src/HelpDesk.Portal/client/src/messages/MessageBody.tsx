import { Fragment } from 'react';

// Not with a name and a password in it: "https://bank.example@elsewhere.example" looks like what it is not.
const address = /\bhttps?:\/\/(?![^\s/?#]*@)[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]/g;

/** A message as text, as it was written; only web addresses are links. */
export function MessageBody({ text }: { text: string }) {
  const parts: { at: number; text: string; isLink: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    if (match.index > end) parts.push({ at: end, text: text.slice(end, match.index), isLink: false });
    parts.push({ at: match.index, text: match[0], isLink: true });
    end = match.index + match[0].length;
  }
  parts.push({ at: end, text: text.slice(end), isLink: false });
  return (
    <div className="hd-body" dir="auto">
      {parts.map((part) =>
        part.isLink ? (
          <a key={part.at} href={part.text} target="_blank" rel="noopener noreferrer nofollow">{part.text}</a>
        ) : (
          <Fragment key={part.at}>{part.text}</Fragment>
        ),
      )}
    </div>
  );
}
