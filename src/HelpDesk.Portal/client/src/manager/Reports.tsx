import { useId } from 'react';
import { useSearchParams } from 'react-router';
import { exportAddress, useReport, type Report, type Span, type Times } from '../api/reports';
import { useText } from '../i18n/text';
import { Failure } from '../ui/Failure';
import { Skeleton } from '../ui/Skeleton';
import { useTitle } from '../ui/useTitle';
import { LineChart } from './LineChart';
import { PartsTable } from './PartsTable';
import { isUsable, lastDays, longestSpan } from './spans';

const choices = [7, 30, 90];

/** What the desk has done in a span of days. The span is in the address, so that it can be kept and sent. */
export default function Reports() {
  const { t } = useText();
  const [query, setQuery] = useSearchParams();
  const days = Number(query.get('days') ?? 30);
  const custom: Span | null = query.get('from') && query.get('to') ? { from: query.get('from')!, to: query.get('to')! } : null;
  const span = custom ?? lastDays(choices.includes(days) ? days : 30, Date.now());
  const isValid = isUsable(span);
  useTitle(t.manager.reports);

  return (
    <>
      <div className="hd-title">
        <h1>{t.manager.reports}</h1>
        {isValid && <a className="hd-button" href={exportAddress(span)} download>{t.manager.csv}</a>}
      </div>
      <div className="hd-filters">
        <div className="hd-actions" role="group" aria-label={t.manager.span}>
          {choices.map((choice) => (
            <button key={choice} type="button" className="hd-button" aria-pressed={!custom && span.from === lastDays(choice, Date.now()).from} onClick={() => setQuery({ days: String(choice) })}>
              {t.manager.days(choice)}
            </button>
          ))}
        </div>
        <DayField label={t.manager.from} value={span.from} onChange={(from) => setQuery({ from, to: span.to }, { replace: true })} />
        <DayField label={t.manager.to} value={span.to} onChange={(to) => setQuery({ from: span.from, to }, { replace: true })} />
      </div>
      {isValid ? <ReportView span={span} /> : <p className="hd-error" role="alert">{t.manager.wrongSpan(longestSpan)}</p>}
    </>
  );
}

function DayField({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  const id = useId();
  return (
    <div className="hd-field">
      <label className="hd-label" htmlFor={id}>{label}</label>
      <input id={id} className="hd-input" type="date" value={value} onChange={(event) => event.target.value && onChange(event.target.value)} />
    </div>
  );
}

function ReportView({ span }: { span: Span }) {
  const { t, format } = useText();
  const report = useReport(span);
  if (!report.data) return report.error ? <Failure error={report.error} retry={() => void report.refetch()} /> : <Skeleton />;
  const data = report.data;
  const breaches = Number(data.breaches.total);
  return (
    <>
      {report.error && <Failure error={report.error} retry={() => void report.refetch()} />}
      <ul className="hd-tiles">
        <Tile name={t.manager.opened} value={format.number(Number(data.opened))} more={t.manager.resolvedOf(format.number(Number(data.resolved)))} />
        <TimesTile name={t.ticket.targets.firstResponse} times={data.firstResponseTime} />
        <TimesTile name={t.ticket.targets.resolution} times={data.resolutionTime} />
        <Tile name={t.manager.breaches} value={format.number(breaches)} more={t.manager.breachKinds(Number(data.breaches.firstResponse), Number(data.breaches.nextResponse), Number(data.breaches.resolution))} />
      </ul>
      <Charts report={data} />
      <PartsTable title={t.manager.byAgent} first={t.agent.assignee} parts={data.agents.map((agent) => ({ ...agent, key: agent.id ?? '', name: agent.name ?? t.agent.nobody }))} />
      <PartsTable title={t.manager.byCategory} first={t.category} parts={data.categories.map((category) => ({ ...category, key: category.name ?? '', name: category.name ?? t.noCategory }))} />
      {Number(data.categoriesLeftOut) > 0 && <p className="hd-muted">{t.manager.categoriesLeftOut(Number(data.categoriesLeftOut))}</p>}
    </>
  );
}

function Charts({ report }: { report: Report }) {
  const { t, format } = useText();
  const days = report.days.map((day) => day.date);
  const opened = report.days.map((day) => Number(day.opened));
  const resolved = report.days.map((day) => Number(day.resolved));
  const breaches = report.days.map((day) => Number(day.breaches.total));
  const busiest = opened.indexOf(Math.max(...opened));
  const worst = breaches.indexOf(Math.max(...breaches));
  return (
    <div className="hd-charts">
      <LineChart
        title={t.manager.openedAndResolved}
        sentence={opened[busiest] ? t.manager.busiest(format.day(days[busiest]!), opened[busiest]) : t.manager.nothingOpened}
        days={days}
        series={[{ name: t.manager.opened, values: opened }, { name: t.manager.resolved, values: resolved }]}
      />
      <LineChart
        title={t.manager.breaches}
        sentence={breaches[worst] ? t.manager.worst(format.day(days[worst]!), breaches[worst]) : t.manager.noBreaches}
        days={days}
        series={[{ name: t.manager.breaches, values: breaches }]}
      />
    </div>
  );
}

function Tile({ name, value, more }: { name: string; value: string; more: string }) {
  return (
    <li className="hd-tile">
      <h2>{name}</h2>
      <p className="hd-tile-value">{value}</p>
      <p className="hd-muted">{more}</p>
    </li>
  );
}

function TimesTile({ name, times }: { name: string; times: Times }) {
  const { t, format } = useText();
  return (
    <Tile
      name={name}
      value={times.median === null ? '–' : format.duration(Number(times.median) * 1000)}
      more={times.p90 === null ? t.manager.nothingMeasured : t.manager.p90(format.duration(Number(times.p90) * 1000))}
    />
  );
}
