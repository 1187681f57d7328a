import type { Priority, Status } from '../api/client';
import type { Sort, TicketFilter } from '../api/tickets';

export const queues = ['mine', 'unassigned', 'all', 'overdue'] as const;
export type Queue = (typeof queues)[number];

export function isQueue(name: string | undefined): name is Queue {
  return queues.includes(name as Queue);
}

export const statuses: readonly Status[] = ['open', 'pending', 'resolved', 'closed'];
export const priorities: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];
export const sorts = ['dueAt', '-priority', '-updatedAt', '-createdAt', 'createdAt'] as const satisfies readonly Sort[];
type QueueSort = (typeof sorts)[number];

/** What somebody has chosen, as it stands in the address; empty for what the queue shows by itself. */
export interface QueueChoice {
  q: string;
  status: Status | 'any' | '';
  priority: Priority | '';
  category: string;
  assignee: string;
  sort: QueueSort;
}

/** Reads the address. A word that nobody knows is as good as none: the API would refuse it. */
export function readChoice(queue: Queue, query: URLSearchParams): QueueChoice {
  const status = query.get('status') ?? '';
  const priority = query.get('priority') ?? '';
  const sort = query.get('sort') ?? '';
  const q = (query.get('q') ?? '').trim().slice(0, 200);
  return {
    q: q.length < 2 ? '' : q,
    status: status === 'any' || statuses.includes(status as Status) ? (status as Status | 'any') : '',
    priority: priorities.includes(priority as Priority) ? (priority as Priority) : '',
    category: query.get('category') ?? '',
    assignee: queue === 'all' ? (query.get('assignee') ?? '') : '',
    sort: sorts.includes(sort as QueueSort) ? (sort as QueueSort) : 'dueAt',
  };
}

export function toFilter(queue: Queue, choice: QueueChoice): TicketFilter {
  const assignee = queue === 'mine' ? 'me' : queue === 'unassigned' ? 'none' : choice.assignee;
  return {
    ...(choice.status === 'any' ? {} : { status: choice.status === '' ? ['open', 'pending'] : [choice.status] }),
    ...(choice.priority ? { priority: [choice.priority] } : {}),
    ...(choice.category ? { category: choice.category } : {}),
    ...(assignee ? { assignee } : {}),
    ...(queue === 'overdue' ? { overdue: true } : {}),
    ...(choice.q ? { q: choice.q } : {}),
    sort: choice.sort,
  };
}

/** How many filters narrow the queue; the order of the rows is none. */
export function filtersSet(choice: QueueChoice): number {
  return [choice.status, choice.priority, choice.category, choice.assignee].filter(Boolean).length;
}
