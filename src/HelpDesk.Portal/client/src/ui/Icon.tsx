const shapes = {
  lock: 'M6 10V7a6 6 0 0 1 12 0v3h1a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zm2.5 0h7V7a3.5 3.5 0 0 0-7 0z',
  clip: 'M16.5 6v11a4.5 4.5 0 0 1-9 0V5.5a3 3 0 0 1 6 0V16a1.5 1.5 0 0 1-3 0V7H9v9a3 3 0 0 0 6 0V5.5a4.5 4.5 0 0 0-9 0V17a6 6 0 0 0 12 0V6z',
} as const;

/** A picture beside a word: the word says it, so the picture is silent. */
export function Icon({ name }: { name: keyof typeof shapes }) {
  return (
    <svg className="hd-icon" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
      <path fill="currentColor" d={shapes[name]} />
    </svg>
  );
}
