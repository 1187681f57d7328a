import { NavLink } from 'react-router';
import { useStats } from '../api/stats';
import { useSettings } from '../app/settings';
import { useText } from '../i18n/text';
import { showHelp } from '../shortcuts/help';
import { queues } from './queues';

/** The queues with what waits in each. A number is there from the beginning, so that nothing moves when it comes. */
export function QueueNav() {
  const { t, format } = useText();
  const { shortcuts } = useSettings();
  const { data: counts } = useStats();
  const places = [...queues.map((queue) => ({ id: queue, label: t.agent.queue[queue], told: t.agent.count })), { id: 'held' as const, label: t.agent.heldInNav, told: t.agent.heldCount }];
  return (
    <nav className="hd-queues" aria-label={t.agent.queues}>
      <NavLink className="hd-button hd-button-primary hd-new-ticket" to="/agent/new">{t.agent.newTicket}</NavLink>
      <ul>
        {places.map(({ id, label, told }) => (
          <li key={id}>
            <NavLink to={`/agent/${id}`} data-alarm={(id === 'overdue' || id === 'held') && counts !== undefined && counts[id] > 0}>
              <span>{label}</span>
              <span className="hd-count">
                <span aria-hidden="true">{counts ? format.number(counts[id]) : '·'}</span>
                {counts && <span className="hd-sr">{told(counts[id])}</span>}
              </span>
            </NavLink>
          </li>
        ))}
      </ul>
      {shortcuts && (
        <button type="button" className="hd-button hd-button-quiet hd-keys-button" onClick={() => showHelp(true)}>
          {t.agent.keys} <kbd aria-hidden="true">?</kbd>
        </button>
      )}
    </nav>
  );
}
