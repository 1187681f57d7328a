import { useSla, type SlaTarget } from '../../api/ticketCommands';
import { useText } from '../../i18n/text';
import { Failure } from '../../ui/Failure';
import { Skeleton } from '../../ui/Skeleton';
import { Time, useNow } from '../../ui/Time';
import { SlaBar } from './SlaBar';

/** Each promise as a bar, and the same as words: when it is due, how it stands, and why. */
export function SlaPanel({ number }: { number: string }) {
  const { t } = useText();
  const sla = useSla(number);
  if (!sla.data) return sla.error ? <Failure error={sla.error} retry={() => void sla.refetch()} /> : <Skeleton rows={3} />;
  if (sla.data.targets.length === 0) return <p className="hd-muted">{t.ticket.noTargets}</p>;
  return (
    <ul className="hd-targets">
      {sla.data.targets.map((target) => <Target key={`${target.kind}-${target.instance}`} target={target} />)}
    </ul>
  );
}

function Target({ target }: { target: SlaTarget }) {
  const { t, format } = useText();
  const now = useNow();
  const left = target.dueAt === null ? null : new Date(target.dueAt).getTime() - now;
  const isLate = target.breachedAt !== null || (target.metAt === null && left !== null && left < 0);
  const name = `${t.ticket.targets[target.kind]}${target.kind === 'nextResponse' ? ` ${target.instance}` : ''}`;

  return (
    <li className="hd-target">
      <h3>{name}</h3>
      <p className={isLate ? 'hd-error' : undefined}>
        <span aria-hidden="true">{target.metAt !== null ? '✓ ' : isLate ? '‼ ' : target.state === 'paused' ? '◷ ' : '○ '}</span>
        {target.metAt !== null ? (
          <>{isLate ? t.ticket.metLate : t.ticket.met} <Time at={target.metAt} exact /></>
        ) : left === null ? (
          t.ticket.standsStill
        ) : left < 0 ? (
          t.agent.overdueBy(format.duration(left))
        ) : (
          t.agent.dueIn(format.duration(left))
        )}
      </p>
      <SlaBar target={target} now={now} />
      <dl className="hd-facts">
        <dt>{t.ticket.since}</dt>
        <dd><Time at={target.startedAt} exact /></dd>
        {target.dueAt !== null && <><dt>{t.ticket.due}</dt><dd><Time at={target.dueAt} exact /></dd></>}
        {target.warnedAt !== null && <><dt>{t.ticket.warned}</dt><dd><Time at={target.warnedAt} exact /></dd></>}
        {target.breachedAt !== null && <><dt>{t.ticket.breached}</dt><dd><Time at={target.breachedAt} exact /></dd></>}
        <dt>{t.ticket.why}</dt>
        <dd>{target.reason}</dd>
      </dl>
    </li>
  );
}
