import { useId } from 'react';
import { type Breaches, type Times } from '../api/reports';
import { useText } from '../i18n/text';

interface Part {
  key: string;
  name: string;
  opened: number | string;
  resolved: number | string;
  firstResponseTime: Times;
  resolutionTime: Times;
  breaches: Breaches;
}

/** The same numbers for each agent or category; the bar beside a number of resolved tickets only repeats it. */
export function PartsTable({ title, first, parts }: { title: string; first: string; parts: Part[] }) {
  const { t, format } = useText();
  const heading = useId();
  const most = Math.max(1, ...parts.map((part) => Number(part.resolved)));
  const time = (seconds: number | string | null) => (seconds === null ? '–' : format.duration(Number(seconds) * 1000));
  if (parts.length === 0) return null;
  return (
    <section className="hd-parts" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <div className="hd-scroll" tabIndex={0} role="region" aria-labelledby={heading}>
        <table className="hd-table">
          <thead>
            <tr>
              <th scope="col">{first}</th>
              <th scope="col">{t.manager.opened}</th>
              <th scope="col">{t.manager.resolved}</th>
              <th scope="col"><span className="hd-sr">{t.manager.share}</span></th>
              <th scope="col">{t.manager.firstMedian}</th>
              <th scope="col">{t.manager.resolutionMedian}</th>
              <th scope="col">{t.manager.breaches}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part.key}>
                <th scope="row"><bdi>{part.name}</bdi></th>
                <td>{format.number(Number(part.opened))}</td>
                <td>{format.number(Number(part.resolved))}</td>
                <td className="hd-bar-cell">
                  <svg className="hd-bar-plot" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width={(Number(part.resolved) / most) * 100} height="8" /></svg>
                </td>
                <td>{time(part.firstResponseTime.median)}</td>
                <td>{time(part.resolutionTime.median)}</td>
                <td>{format.number(Number(part.breaches.total))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
