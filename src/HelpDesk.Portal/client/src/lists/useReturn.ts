import { useLayoutEffect } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { readStored, store } from '../app/storage';

interface Place {
  scroll: number;
  focus: string;
}

/** Whoever comes back to a list is where they were: as far down, and on the same row (elements with an id). */
export function useReturn(isReady: boolean): void {
  const { key, pathname, search } = useLocation();
  const navigation = useNavigationType();
  // The first page of a tab has no key of its own.
  const storageKey = `helpdesk:place:${key}:${pathname}${search}`;

  // Undone before the next page takes focus and scroll: those would be remembered as its reader's.
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
      store(storageKey, place, 'sessionStorage');
    };
  }, [storageKey]);

  useLayoutEffect(() => {
    if (!isReady || navigation !== 'POP') return;
    const place = readStored(storageKey, 'sessionStorage') as Place | null;
    if (!place) return;
    window.scrollTo(0, place.scroll);
    if (place.focus) document.getElementById(place.focus)?.focus({ preventScroll: true });
  }, [isReady, navigation, storageKey]);
}
