import type { Priority, Status } from '../api/client';
import { useText } from '../i18n/text';

// Shape and word come before colour: in greyscale, and to whoever does not see colours, they say the same.
const statusShapes: Record<Status, string> = { open: '○', pending: '◷', resolved: '✓', closed: '■' };
const priorityShapes: Record<Priority, string> = { urgent: '‼', high: '↑', normal: '–', low: '↓' };

export function StatusBadge({ status, awaitsReader = false }: { status: Status; awaitsReader?: boolean }) {
  const { t } = useText();
  return (
    <span className={`hd-badge hd-badge-${status}`}>
      <span aria-hidden="true">{statusShapes[status]}</span>
      {awaitsReader && status === 'pending' ? t.awaitingReply : t.status[status]}
    </span>
  );
}

export function PriorityBadge({ priority }: { priority: Priority }) {
  const { t } = useText();
  return (
    <span className={`hd-badge hd-badge-${priority}`}>
      <span aria-hidden="true">{priorityShapes[priority]}</span>
      {t.priority[priority]}
    </span>
  );
}
