import { useEffect } from 'react';
import { config } from '../app/config';

/** The title of the browser's tab: what this page is, then whose. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · ${config.name}` : config.name;
  }, [title]);
}
