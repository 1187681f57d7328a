import { useAgents } from '../../api/agents';
import { useHistory, type HistoryEntry } from '../../api/ticketCommands';
import { useText } from '../../i18n/text';
import { Failure } from '../../ui/Failure';
import { Skeleton } from '../../ui/Skeleton';
import { Time } from '../../ui/Time';

/** What was done, by whom, what it changed, and why; the newest first. */
export function HistoryPanel({ number }: { number: string }) {
  const history = useHistory(number);
  if (!history.data) return history.error ? <Failure error={history.error} retry={() => void history.refetch()} /> : <Skeleton rows={4} />;
  return (
    <ol className="hd-history">
      {history.data.toReversed().map((entry) => <Entry key={entry.id} entry={entry} />)}
    </ol>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { t, format } = useText();
  const agents = useAgents();

  function textOf(field: string, value: string | null): string {
    if (value === null) return '–';
    if (field === 'status' && value in t.status) return t.status[value as keyof typeof t.status];
    if (field === 'priority' && value in t.priority) return t.priority[value as keyof typeof t.priority];
    if (field === 'assignee') return agents.data?.find((agent) => agent.id === value)?.name ?? value;
    return field.endsWith('ueAt') ? format.absolute(value) : value;
  }

  return (
    <li className="hd-history-entry">
      <p>
        <strong><bdi>{entry.actor.kind === 'system' ? t.ticket.theHelpDesk : entry.actor.name}</bdi></strong>{' '}
        {t.ticket.actions[entry.action as keyof typeof t.ticket.actions] ?? entry.action}
      </p>
      {entry.changes.map((change) => (
        <p key={change.field}>
          {t.ticket.fields[change.field as keyof typeof t.ticket.fields] ?? change.field}: <bdi>{textOf(change.field, change.old)}</bdi> → <bdi>{textOf(change.field, change.new)}</bdi>
        </p>
      ))}
      {entry.reason && <p className="hd-muted">{entry.reason}</p>}
      <p className="hd-hint"><Time at={entry.at} exact /></p>
    </li>
  );
}
