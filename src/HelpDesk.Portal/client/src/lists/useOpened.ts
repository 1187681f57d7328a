import { useState } from 'react';
import { useNavigationType } from 'react-router';

/**
 * Whoever comes back finds the rows as they were. Whoever opens the list anew gets the newest at once: what is kept from the last time would be rows in an
 * order that is not theirs any more, and what has come since would wait behind a button.
 */
export function useOpened(isFetching: boolean): boolean {
  const navigation = useNavigationType();
  const [isOpened, setOpened] = useState(false);
  const mayOpen = isOpened || !isFetching || navigation === 'POP';
  if (mayOpen && !isOpened) setOpened(true);
  return mayOpen;
}
