import { useLayoutEffect } from 'react';
import { useLocation, useNavigationType } from 'react-router';

interface Place {
  scroll: number;
  focus: string;
}

/** Whoever comes back to a list is where they were: as far down, and on the same row (elements with an id). */
export function useReturn(isReady: boolean): void {
  const { key } = useLocation();
  const navigation = useNavigationType();
  const storageKey = `helpdesk:place:${key}`;

  // Kept while the list is taken off the page: a moment later the browser has scrolled what came instead of it.
  useLayoutEffect(() => {
    // The row that was focused last: when the page is left, the focus has gone with the link already.
    const place: Place = { scroll: 0, focus: '' };
    const onFocus = () => (place.focus = document.activeElement?.id ?? '');
    const onScroll = () => (place.scroll = window.scrollY);
    onScroll();
    addEventListener('focusin', onFocus);
    addEventListener('scroll', onScroll, { passive: true });
    return () => {
      removeEventListener('focusin', onFocus);
      removeEventListener('scroll', onScroll);
      sessionStorage.setItem(storageKey, JSON.stringify(place));
    };
  }, [storageKey]);

  useLayoutEffect(() => {
    if (!isReady || navigation !== 'POP') return;
    const place = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Place | null;
    if (!place) return;
    window.scrollTo(0, place.scroll);
    if (place.focus) document.getElementById(place.focus)?.focus({ preventScroll: true });
  }, [isReady, navigation, storageKey]);
}
