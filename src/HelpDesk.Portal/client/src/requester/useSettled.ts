import { useLayoutEffect, useRef, useState, type SyntheticEvent } from 'react';

/** For so many milliseconds a press may still be meant for what stood there before: the second one of a double click, or one that was on its way. */
const pause = 700;

/**
 * For buttons that take each other's place. Right after they have changed, a press where "Mark as resolved" was would reopen what it has just resolved.
 * `isMeant` goes by when the press was made, not by when a busy page comes to it.
 */
export function useSettled(buttons: string) {
  const [settled, setSettled] = useState(buttons);
  const changedAt = useRef(-Infinity);

  useLayoutEffect(() => {
    if (settled === buttons) return;
    changedAt.current = performance.now();
    const timer = setTimeout(() => setSettled(buttons), pause);
    return () => clearTimeout(timer);
  }, [buttons, settled]);

  return {
    isSettled: settled === buttons,
    isMeant: (press: SyntheticEvent) => press.timeStamp - changedAt.current >= pause,
  };
}
