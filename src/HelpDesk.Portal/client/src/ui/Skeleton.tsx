import { useEffect, useState } from 'react';
import { useText } from '../i18n/text';

/** Stands for what is being loaded, from 150 ms on: what is quick shall not flicker. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  const { t } = useText();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!isSlow) return null;
  return (
    <div className="hd-skeleton" role="status">
      <p className="hd-sr">{t.loading}</p>
      {Array.from({ length: rows }, (_, row) => <span key={row} aria-hidden="true" />)}
    </div>
  );
}
