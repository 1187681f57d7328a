import { NavLink } from 'react-router';
import type { Me } from '../api/people';
import { useText } from '../i18n/text';
import { AccountMenu } from './AccountMenu';
import { config } from './config';
import icon from './icon.svg';

export function Header({ me }: { me: Me | undefined }) {
  const { t } = useText();
  return (
    <header className="hd-header">
      <NavLink className="hd-brand" to="/" end>
        <img src={config.logo ?? icon} alt="" />
        {config.name}
      </NavLink>
      {me && (
        <>
          <nav className="hd-nav" aria-label={config.name}>
            {!me.isAgent && (
              <>
                <NavLink to="/" end>{t.requester.myRequests}</NavLink>
                <NavLink to="/new">{t.requester.createRequest}</NavLink>
              </>
            )}
          </nav>
          <div className="hd-tools">
            <AccountMenu me={me} />
          </div>
        </>
      )}
    </header>
  );
}
