import { useEffect, useRef, useState, type Ref } from 'react';
import { useText } from '../i18n/text';

const pause = 300;

/** Asks when its reader stops typing. One letter is no search: the API wants two. */
export function SearchField({ value, onSearch, ref }: { value: string; onSearch: (text: string) => void; ref?: Ref<HTMLInputElement> }) {
  const { t } = useText();
  const [text, setText] = useState(value);
  // What it has asked for itself comes back as its value, maybe when more has been typed: only another value is news.
  const asked = useRef(value);
  useEffect(() => {
    if (value !== asked.current) setText(value);
    asked.current = value;
  }, [value]);
  useEffect(() => {
    const wanted = text.trim().length < 2 ? '' : text.trim();
    if (wanted === value) return;
    const timer = setTimeout(() => {
      asked.current = wanted;
      onSearch(wanted);
    }, pause);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <div className="hd-field hd-search" role="search">
      <label className="hd-label" htmlFor="search">{t.search}</label>
      <input id="search" ref={ref} className="hd-input" type="search" maxLength={200} autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
    </div>
  );
}
