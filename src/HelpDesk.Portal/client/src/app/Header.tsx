import { Link, NavLink, useLocation } from 'react-router';
import { AvailabilitySwitch } from '../agent/AvailabilitySwitch';
import type { Me } from '../api/people';
import { useText } from '../i18n/text';
import { AccountMenu } from './AccountMenu';
import { config } from './config';
import icon from './icon.svg';

export function Header({ me }: { me: Me | undefined }) {
  return (
    <header className={me?.isAgent ? 'hd-header hd-header-agent' : 'hd-header'}>
      <Link className="hd-brand" to="/">
        <img src={config.logo ?? icon} alt="" />
        <span className="hd-brand-name">{config.name}</span>
      </Link>
      {me && (
        <>
          <nav className="hd-nav" aria-label={config.name}>{me.isAgent ? <AgentLinks me={me} /> : <RequesterLinks />}</nav>
          <div className="hd-tools">
            {me.isAgent && <AvailabilitySwitch />}
            <AccountMenu me={me} />
          </div>
        </>
      )}
    </header>
  );
}

function RequesterLinks() {
  const { t } = useText();
  return (
    <>
      <NavLink to="/" end>{t.requester.myRequests}</NavLink>
      <NavLink to="/new">{t.requester.createRequest}</NavLink>
    </>
  );
}

function AgentLinks({ me }: { me: Me }) {
  const { t } = useText();
  const { pathname } = useLocation();
  // All that is below the queues belongs to them, whichever was the last.
  const isAtQueues = pathname.startsWith('/agent/');
  return (
    <>
      <Link to="/agent/mine" aria-current={isAtQueues ? 'page' : undefined}>{t.agent.queues}</Link>
      {me.isManager && (
        <>
          <NavLink to="/manager" end>{t.agent.reports}</NavLink>
          <NavLink to="/manager/agents">{t.agent.agents}</NavLink>
        </>
      )}
    </>
  );
}
