import { useId, useState, type FocusEvent } from 'react';
import { useAgents } from '../api/agents';
import { mostAtOnce, useBulk, type BulkChange, type Outcome, type SelectedTicket } from '../api/bulk';
import type { Priority, Status } from '../api/client';
import { useCategories, type Me } from '../api/people';
import { useText } from '../i18n/text';
import { useShortcuts } from '../shortcuts/useShortcuts';
import { ActionMenu } from '../ui/ActionMenu';
import { PriorityBadge, StatusBadge } from '../ui/Badges';
import { reasonOf } from '../ui/Failure';
import { priorities } from './queues';

/** No user has this id: it has a space. */
const nobody = 'no body';
/** No category is blank. */
const noCategory = ' ';

type BulkMenu = 'assignee' | 'priority' | 'status' | 'category';

interface Props {
  me: Me;
  tickets: SelectedTicket[];
  /** How many of them were not changed by the last try. */
  failed: number;
  /** There were more than can be changed at once. */
  isCut: boolean;
  onDone: (outcomes: Outcome[]) => void;
  onClear: () => void;
}

/** What can be done with the selected tickets. */
export default function BulkBar({ me, tickets, failed, isCut, onDone, onClear }: Props) {
  const { t } = useText();
  const { data: agents = [] } = useAgents();
  const { data: categories = [] } = useCategories();
  const bulk = useBulk();
  // Where there is little height the bar is a line, and opens on a press: see bulk.css.
  const actionsId = useId();
  const [isUnfolded, setUnfolded] = useState(false);
  const [menu, setMenu] = useState<BulkMenu | null>(null);
  const isOpen = isUnfolded || menu !== null;
  const isTooMany = tickets.length > mostAtOnce;
  const isDisabled = isTooMany || bulk.isPending;
  const others = agents.filter((agent) => agent.id !== me.id);
  const isAssignable = others.length < agents.length;

  // The bar comes after all rows: from any of them these keys lead to it, and back when nothing is chosen.
  const open = (wanted: BulkMenu) => !isDisabled && setMenu(wanted);
  useShortcuts({ a: () => open('assignee'), p: () => open('priority'), s: () => open('status') });

  function menuOf(name: BulkMenu) {
    return { isDisabled, isOpen: menu === name, onOpenChange: (wanted: boolean) => setMenu(wanted ? name : null) };
  }

  function apply(change: BulkChange) {
    if (isDisabled) return;
    bulk.mutate({ tickets, change }, { onSuccess: onDone });
  }

  /** Whoever goes back to the rows wants to see them. The bar's own menus lie outside of the page's main part, which itself gets the focus by a press on plain text. */
  function onBlur({ currentTarget, relatedTarget }: FocusEvent) {
    if (relatedTarget instanceof Element && relatedTarget.parentElement?.closest('main') && !currentTarget.contains(relatedTarget)) setUnfolded(false);
  }

  return (
    <section className="hd-bulk" data-open={isOpen} aria-label={t.agent.selectedHint} onBlur={onBlur}>
      <strong className="hd-bulk-count" role="status">{t.agent.selected(tickets.length)}</strong>
      <button type="button" className="hd-button hd-bulk-open" aria-expanded={isOpen} aria-controls={actionsId} onClick={() => setUnfolded(!isUnfolded)}>
        {t.agent.change}
        <span aria-hidden="true">{isOpen ? '▾' : '▴'}</span>
      </button>
      <div id={actionsId} className="hd-actions">
        <ActionMenu
          label={t.agent.assign}
          {...menuOf('assignee')}
          actions={[
            ...(isAssignable ? [{ id: me.id, label: t.agent.me }] : []),
            { id: nobody, label: t.agent.nobody },
            ...others.map((agent) => ({ id: agent.id, label: agent.name })),
          ]}
          onChoose={(id) => apply({ assigneeId: id === nobody ? null : id })}
        />
        <ActionMenu
          label={t.agent.priorityAction}
          {...menuOf('priority')}
          actions={priorities.map((priority) => ({ id: priority, label: t.priority[priority], content: <PriorityBadge priority={priority} /> }))}
          onChoose={(id) => apply({ priority: id as Priority })}
        />
        <button type="button" className="hd-button" aria-disabled={isDisabled} onClick={() => apply({ status: 'resolved' })}>{t.agent.resolve}</button>
        <ActionMenu
          label={t.agent.statusAction}
          {...menuOf('status')}
          actions={(['open', 'pending', 'closed'] as const).map((status) => ({ id: status, label: t.status[status], content: <StatusBadge status={status} /> }))}
          onChoose={(id) => apply({ status: id as Status })}
        />
        <ActionMenu
          label={t.category}
          {...menuOf('category')}
          actions={[{ id: noCategory, label: t.noCategory }, ...categories.map((name) => ({ id: name, label: name }))]}
          onChoose={(id) => apply({ category: id === noCategory ? null : id })}
        />
      </div>
      <button type="button" className="hd-button hd-button-quiet hd-bulk-clear" aria-disabled={bulk.isPending} onClick={() => !bulk.isPending && onClear()}>{t.agent.clearSelection}</button>
      <div className="hd-bulk-told">
        <div role="status">
          {bulk.isPending ? t.agent.changing : isTooMany ? t.agent.tooManySelected(mostAtOnce) : isCut ? t.agent.firstSelected(mostAtOnce) : ''}
        </div>
        {!bulk.isPending && failed > 0 && <div className="hd-error" role="alert">{t.agent.notChanged(failed)}</div>}
        {bulk.error && <div className="hd-error" role="alert">{t.notSaved(reasonOf(bulk.error, t))}</div>}
      </div>
    </section>
  );
}
