import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import type { Me } from '../api/people';
import { useText } from '../i18n/text';
import { config } from './config';

/** A native disclosure: the frame of the pages loads no component library. */
export function AccountMenu({ me }: { me: Me }) {
  const { t } = useText();
  const menu = useRef<HTMLDetailsElement>(null);
  const { pathname } = useLocation();

  function closeMenu() {
    if (menu.current) menu.current.open = false;
  }

  useEffect(closeMenu, [pathname]);
  useEffect(() => {
    function onPointerDown(event: PointerEvent) {
      if (!menu.current?.contains(event.target as Node)) closeMenu();
    }
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, []);

  return (
    <details
      ref={menu}
      className="hd-account"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        closeMenu();
        menu.current?.querySelector('summary')?.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) closeMenu();
      }}
    >
      <summary className="hd-button hd-button-quiet">
        <span className="hd-sr">{t.account}: </span>
        <span className="hd-account-own">{me.name}</span>
        <span aria-hidden="true">▾</span>
      </summary>
      <div className="hd-account-menu">
        <div className="hd-account-name">
          <div>{me.name}</div>
          {me.email && <div className="hd-hint">{me.email}</div>}
        </div>
        <Link to="/settings">{t.settings}</Link>
        {config.signOut && (
          <form method="post" action={config.signOut}>
            {config.antiforgery && <input type="hidden" name={config.antiforgery.field} value={config.antiforgery.token} />}
            <button type="submit">{t.signOut}</button>
          </form>
        )}
      </div>
    </details>
  );
}
