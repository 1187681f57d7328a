/** A paper clip. Drawn, since not every system has one among its letters. */
export function ClipIcon() {
  return (
    <svg className="hd-icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
      <path d="M13.5 7.5 8 13a3.5 3.5 0 0 1-5-5l6-6a2.3 2.3 0 0 1 3.3 3.3L6.5 11a1.1 1.1 0 0 1-1.6-1.6L10 4.5" />
    </svg>
  );
}
