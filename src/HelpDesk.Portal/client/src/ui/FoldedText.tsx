import { useId, useState } from 'react';
import { useText } from '../i18n/text';

/** A text of more than that is folded. */
const shortText = 600;
const shortLines = 8;

/** Somebody's text, as text; a long one is opened by its reader. */
export function FoldedText({ text }: { text: string }) {
  const { t } = useText();
  const id = useId();
  const [showsAll, setShowsAll] = useState(false);
  const isLong = text.length > shortText || text.split('\n').length > shortLines;
  return (
    <>
      <div id={id} className={isLong && !showsAll ? 'hd-body hd-folded' : 'hd-body'} dir="auto">{text}</div>
      {isLong && (
        <button type="button" className="hd-button" aria-expanded={showsAll} aria-controls={id} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? t.agent.showLess : t.agent.showAll}
        </button>
      )}
    </>
  );
}
