import { useId } from 'react';
import { useText } from '../i18n/text';

interface Series {
  name: string;
  values: number[];
}

interface Props {
  title: string;
  /** What the chart says, in words. */
  sentence: string;
  days: string[];
  series: Series[];
}

const width = 600;
const height = 200;
const left = 36;
const bottom = 24;
const top = 8;

/** Values by day as lines, which differ in dash as well as in colour, with a sentence that says what they show and the same values as a table. */
export function LineChart({ title, sentence, days, series }: Props) {
  const { t, format } = useText();
  const heading = useId();
  const most = niceCeiling(Math.max(1, ...series.flatMap((each) => each.values)));
  const ticks = [0, most / 2, most].filter(Number.isInteger);
  const x = (index: number) => (days.length === 1 ? (left + width) / 2 : left + (index / (days.length - 1)) * (width - left - 8));
  const y = (value: number) => height - bottom - (value / most) * (height - bottom - top);

  return (
    <section className="hd-chart" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p>{sentence}</p>
      <ul className="hd-legend">
        {series.map((each, index) => (
          <li key={each.name}>
            <svg width="28" height="12" aria-hidden="true"><line className={`hd-line hd-line-${index + 1}`} x1="0" x2="28" y1="6" y2="6" /></svg>
            {each.name}
          </li>
        ))}
      </ul>
      <svg className="hd-plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${title}. ${sentence}`}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="hd-grid" x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
            <text className="hd-axis" x={left - 6} y={y(tick) + 4} textAnchor="end">{format.number(tick)}</text>
          </g>
        ))}
        {[...new Set([0, Math.floor((days.length - 1) / 2), days.length - 1])].map((index) => (
          <text key={index} className="hd-axis" x={x(index)} y={height - 6} textAnchor={index === 0 ? 'start' : index === days.length - 1 ? 'end' : 'middle'}>
            {format.day(days[index]!)}
          </text>
        ))}
        {series.map((each, index) =>
          days.length === 1 ? (
            <circle key={each.name} className={`hd-dot-${index + 1}`} cx={x(0)} cy={y(each.values[0]!)} r="4" />
          ) : (
            <polyline key={each.name} className={`hd-line hd-line-${index + 1}`} points={each.values.map((value, day) => `${x(day)},${y(value)}`).join(' ')} />
          ),
        )}
      </svg>
      <details>
        <summary>{t.manager.asTable}</summary>
        <div className="hd-scroll" tabIndex={0} role="group" aria-labelledby={heading}>
          <table className="hd-table">
            <thead>
              <tr>
                <th scope="col">{t.date}</th>
                {series.map((each) => <th key={each.name} scope="col">{each.name}</th>)}
              </tr>
            </thead>
            <tbody>
              {days.map((day, index) => (
                <tr key={day}>
                  <th scope="row">{format.day(day)}</th>
                  {series.map((each) => <td key={each.name}>{format.number(each.values[index]!)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

/** The next number that makes an axis: 1, 2 or 5 with zeros. */
export function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value)!;
}
