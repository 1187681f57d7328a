import type { Ref } from 'react';
import { useAgents } from '../api/agents';
import { useCategories, type Me } from '../api/people';
import { useText } from '../i18n/text';
import { SearchField } from '../ui/SearchField';
import { SelectField } from '../ui/SelectField';
import { useNarrow } from '../ui/useNarrow';
import { filtersSet, priorities, sorts, statuses, type Queue, type QueueChoice } from './queues';

interface Props {
  queue: Queue;
  me: Me;
  choice: QueueChoice;
  onSearch: (text: string) => void;
  onChange: (change: Partial<QueueChoice>) => void;
  searchRef: Ref<HTMLInputElement>;
}

export function QueueFilters({ queue, me, choice, onSearch, onChange, searchRef }: Props) {
  const { t } = useText();
  const isNarrow = useNarrow();
  const fields = <FilterFields queue={queue} me={me} choice={choice} onChange={onChange} />;
  return (
    <div className="hd-filters">
      <SearchField ref={searchRef} value={choice.q} onSearch={onSearch} />
      {isNarrow ? (
        <details className="hd-filterbox">
          <summary className="hd-button">{t.agent.filtersSet(filtersSet(choice))}</summary>
          <div className="hd-filterbox-fields">{fields}</div>
        </details>
      ) : (
        fields
      )}
    </div>
  );
}

function FilterFields({ queue, me, choice, onChange }: Omit<Props, 'onSearch' | 'searchRef'>) {
  const { t } = useText();
  const { data: categories = [] } = useCategories();
  const { data: agents = [] } = useAgents(queue === 'all');
  const others = agents.filter((agent) => agent.id !== me.id).map((agent) => ({ id: agent.id, label: agent.name }));
  return (
    <>
      <SelectField
        label={t.statusLabel}
        value={choice.status}
        options={[{ id: '', label: t.agent.active }, ...statuses.map((status) => ({ id: status, label: t.status[status] })), { id: 'any', label: t.all }]}
        onChange={(status) => onChange({ status: status as QueueChoice['status'] })}
      />
      <SelectField
        label={t.priorityLabel}
        value={choice.priority}
        options={[{ id: '', label: t.all }, ...priorities.map((priority) => ({ id: priority, label: t.priority[priority] }))]}
        onChange={(priority) => onChange({ priority: priority as QueueChoice['priority'] })}
      />
      <SelectField label={t.category} value={choice.category} options={[{ id: '', label: t.all }, ...withChosen(categories, choice.category)]} onChange={(category) => onChange({ category })} />
      {queue === 'all' && (
        <SelectField
          label={t.agent.assignee}
          value={choice.assignee}
          options={[{ id: '', label: t.agent.anyone }, { id: 'me', label: t.agent.me }, { id: 'none', label: t.agent.nobody }, ...others]}
          onChange={(assignee) => onChange({ assignee })}
        />
      )}
      <SelectField label={t.agent.sort} value={choice.sort} options={sorts.map((sort) => ({ id: sort, label: t.agent.sorts[sort] }))} onChange={(sort) => onChange({ sort: sort as QueueChoice['sort'] })} />
    </>
  );
}

/** A category of the address that is not in the list, or not yet, is shown all the same. */
function withChosen(categories: string[], chosen: string): { id: string; label: string }[] {
  const all = chosen && !categories.includes(chosen) ? [...categories, chosen] : categories;
  return all.map((category) => ({ id: category, label: category }));
}
