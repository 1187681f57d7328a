import { useId } from 'react';
import type { SlaTarget } from '../../api/ticketCommands';
import { useText } from '../../i18n/text';

const width = 300;
const height = 16;

/** What the clock of a promise did and will do: solid while it runs, hatched while it is paused, blank out of hours; a line is now. */
export function SlaBar({ target, now }: { target: SlaTarget; now: number }) {
  const { t } = useText();
  const hatch = useId();
  const first = target.segments[0];
  const last = target.segments.at(-1);
  if (!first || !last) return null;
  const from = new Date(first.from).getTime();
  const to = Math.max(new Date(last.to).getTime(), target.metAt === null ? now : 0, from + 1);
  const at = (time: number) => ((time - from) / (to - from)) * width;

  return (
    <svg className="hd-sla-bar" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={t.ticket.bar}>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="hd-sla-hatch" width="3" height="6" />
        </pattern>
      </defs>
      <rect className="hd-sla-frame" x="0.5" y="0.5" width={width - 1} height={height - 1} />
      {target.segments.map((segment) => {
        const x = at(new Date(segment.from).getTime());
        const size = at(new Date(segment.to).getTime()) - x;
        if (segment.kind === 'outOfHours') return null;
        return segment.kind === 'running' ? (
          <rect key={segment.from} className="hd-sla-running" x={x} y="3" width={size} height={height - 6} />
        ) : (
          <rect key={segment.from} x={x} y="3" width={size} height={height - 6} fill={`url(#${hatch})`} />
        );
      })}
      {target.metAt === null && now >= from && now <= to && <line className="hd-sla-now" x1={at(now)} x2={at(now)} y1="0" y2={height} />}
    </svg>
  );
}
