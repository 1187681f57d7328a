import { useEffect, useRef, type RefObject } from 'react';

/** Whether its page is still shown: what was sent arrives also when its sender has gone on. */
export function useMounted(): RefObject<boolean> {
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return mounted;
}
