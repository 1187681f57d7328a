import { useState } from 'react';
import { useAgents } from '../api/agents';
import type { Agent } from '../api/people';
import { useText } from '../i18n/text';
import { Failure } from '../ui/Failure';
import { Skeleton } from '../ui/Skeleton';
import { useTitle } from '../ui/useTitle';
import { AgentDialog } from './AgentDialog';

/** Who has how much, and what they take; a manager sets it. */
export default function Agents() {
  const { t } = useText();
  const agents = useAgents();
  const [edited, setEdited] = useState<Agent | null>(null);
  useTitle(t.manager.agents);

  return (
    <>
      <div className="hd-title"><h1>{t.manager.agents}</h1></div>
      {agents.error && <Failure error={agents.error} retry={() => void agents.refetch()} />}
      {!agents.data && !agents.error && <Skeleton />}
      {agents.data?.length === 0 && <p className="hd-empty">{t.manager.noAgents}</p>}
      <ul className="hd-agents">
        {agents.data?.map((agent) => (
          <li key={agent.id} className="hd-agent">
            <h2><bdi>{agent.name}</bdi></h2>
            <p>
              <span aria-hidden="true">{agent.isAvailable ? '● ' : '○ '}</span>
              {agent.isAvailable ? t.manager.available : t.manager.away}
            </p>
            <Load agent={agent} />
            <p className="hd-muted">{agent.categories.length > 0 ? agent.categories.join(', ') : t.manager.anyCategory}</p>
            <button type="button" className="hd-button" aria-label={t.manager.editOf(agent.name)} onClick={() => setEdited(agent)}>{t.manager.edit}</button>
          </li>
        ))}
      </ul>
      {edited && <AgentDialog agent={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function Load({ agent }: { agent: Agent }) {
  const { t } = useText();
  const open = Number(agent.openTickets);
  const most = agent.maxOpenTickets === null ? null : Number(agent.maxOpenTickets);
  return (
    <div className="hd-load">
      <span>{most === null ? t.manager.openWithoutLimit(open) : t.manager.openOf(open, most)}</span>
      {most !== null && <meter min={0} max={Math.max(most, 1)} high={most} value={Math.min(open, most)} aria-label={t.manager.load} />}
    </div>
  );
}
