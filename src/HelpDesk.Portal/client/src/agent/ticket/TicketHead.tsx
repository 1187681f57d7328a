import { Link } from 'react-router';
import { useAgents } from '../../api/agents';
import type { Priority, Status } from '../../api/client';
import { useCategories } from '../../api/people';
import type { FieldChange } from '../../api/ticketCommands';
import type { Conversation } from '../../api/tickets';
import { useText } from '../../i18n/text';
import { useOthersPresent } from '../../live/Live';
import { PriorityBadge, StatusBadge } from '../../ui/Badges';
import { Picker } from '../../ui/Picker';
import { RequesterLine } from './RequesterLine';
import { Subject } from './Subject';
import type { Ended, Seen } from './useGuardedChange';
import type { QueuePlace } from './useQueuePlace';

export type OpenPicker = 'status' | 'assignee' | 'priority' | null;

interface Props {
  ticket: Conversation;
  place: QueuePlace;
  onChange: (change: FieldChange, seen?: Seen) => Promise<Ended>;
  /** Which picker a key has opened. */
  openPicker: OpenPicker;
  onOpenPicker: (picker: OpenPicker) => void;
}

const statuses: Status[] = ['open', 'pending', 'resolved', 'closed'];
const priorities: Priority[] = ['urgent', 'high', 'normal', 'low'];
// Neither a user's id nor a category is blank: it stands for none of them.
const none = ' ';

/** What the ticket is and where it stands: its place in the queue, who else is here, and what can be set. */
export function TicketHead({ ticket, place, onChange, openPicker, onOpenPicker }: Props) {
  const { t } = useText();
  const agents = useAgents();
  const categories = useCategories();
  const others = useOthersPresent(ticket.number);
  const replying = others.filter((agent) => agent.mode === 'replying');

  // A closed ticket is only reopened; from where something is over there is no way to pending.
  const reachable = statuses.filter((status) => status === ticket.status || (ticket.status === 'closed' ? status === 'open' : ticket.status === 'resolved' ? status !== 'pending' : true));
  const people = (agents.data ?? []).map((agent) => ({ id: agent.id, name: agent.name, label: t.ticket.agentWithLoad(agent.name, Number(agent.openTickets), agent.isAvailable) }));
  const current = ticket.assignee;
  // Whoever is no agent any more keeps what they had until somebody else takes it.
  if (current?.id && !people.some((agent) => agent.id === current.id)) people.push({ id: current.id, name: current.name, label: current.name });

  function picker(name: Exclude<OpenPicker, null>) {
    return { isOpen: openPicker === name, onOpenChange: (isOpen: boolean) => onOpenPicker(isOpen ? name : null) };
  }

  return (
    <header className="hd-ticket-head">
      <nav className="hd-card-line" aria-label={t.ticket.placeInQueue}>
        <Link
          className="hd-button hd-button-quiet"
          to={place.queue}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            place.back();
          }}
        ><span aria-hidden="true">‹</span>{place.label}</Link>
        {place.position && <span className="hd-muted">{place.position}</span>}
        {place.previous && <Link className="hd-button" to={place.previous.to} state={place.previous.state} replace>{t.ticket.previous}</Link>}
        {place.next && <Link className="hd-button" to={place.next.to} state={place.next.state} replace>{t.ticket.next}</Link>}
      </nav>
      <div className="hd-card-line">
        <RequesterLine ticket={ticket} />
        {ticket.linkedTo && <Link className="hd-linked" to={`/agent/t/${encodeURIComponent(ticket.linkedTo)}`}>{t.ticket.linked}</Link>}
      </div>
      <Subject ticket={ticket} onChange={onChange} />
      <div className="hd-pickers">
        <Picker
          label={t.statusLabel}
          value={ticket.status}
          options={reachable.map((status) => ({ id: status, label: t.status[status], content: <StatusBadge status={status} /> }))}
          onChange={(id) => void onChange({ field: 'status', value: id as Status })}
          {...picker('status')}
        />
        <Picker
          label={t.agent.assignee}
          value={ticket.assignee?.id ?? none}
          options={[{ id: none, label: t.agent.nobody }, ...people]}
          onChange={(id) => {
            const agent = people.find((each) => each.id === id);
            void onChange({ field: 'assignee', value: agent ? { id: agent.id, name: agent.name } : null });
          }}
          {...picker('assignee')}
        />
        <Picker
          label={t.priorityLabel}
          value={ticket.priority}
          options={priorities.map((priority) => ({ id: priority, label: t.priority[priority], content: <PriorityBadge priority={priority} /> }))}
          onChange={(id) => void onChange({ field: 'priority', value: id as Priority })}
          {...picker('priority')}
        />
        <Picker
          label={t.category}
          value={ticket.category ?? none}
          options={[{ id: none, label: t.noCategory }, ...[...new Set([...(categories.data ?? []), ...(ticket.category ? [ticket.category] : [])])].map((name) => ({ id: name, label: name }))]}
          onChange={(id) => void onChange({ field: 'category', value: id === none ? null : id })}
        />
      </div>
      <p className="hd-presence" role="status">
        {replying.map((agent) => <span key={agent.id} className="hd-present hd-present-replying">{t.ticket.isReplying(agent.name)}</span>)}
        {others.filter((agent) => agent.mode === 'viewing').map((agent) => <span key={agent.id} className="hd-present">{t.ticket.isViewing(agent.name)}</span>)}
      </p>
    </header>
  );
}
