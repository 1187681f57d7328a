import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { answer, api, type Schemas } from '../api/client';
import { useCategories, type Agent } from '../api/people';
import { useText } from '../i18n/text';
import { reasonOf } from '../ui/Failure';
import { Modal } from '../ui/Modal';
import { useToast } from '../ui/Toast';

/** As the API has it: longer names of categories are refused. */
const longestCategory = 100;

/** What an agent takes: available or away, which categories, how many at once. */
export function AgentDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const { t } = useText();
  const id = useId();
  const toast = useToast();
  const queryClient = useQueryClient();
  const known = useCategories();
  const [isAvailable, setAvailable] = useState(agent.isAvailable);
  const [categories, setCategories] = useState(agent.categories.join('\n'));
  const [categoriesError, setCategoriesError] = useState<string | undefined>();
  const categoriesField = useRef<HTMLTextAreaElement>(null);
  const [most, setMost] = useState(agent.maxOpenTickets === null ? '' : String(agent.maxOpenTickets));
  const save = useMutation({
    mutationFn: (body: Schemas['AgentRequest']) => answer(api.PUT('/agents/{id}', { params: { path: { id: agent.id } }, body })),
    onSuccess: () => {
      toast(t.manager.saved(agent.name));
      onClose();
    },
    onSettled: () => Promise.all([queryClient.invalidateQueries({ queryKey: ['agents'] }), queryClient.invalidateQueries({ queryKey: ['categories'] }), queryClient.invalidateQueries({ queryKey: ['stats'] })]),
  });

  return (
    <Modal title={t.manager.editOf(agent.name)} isOpen isDismissable={false} onClose={onClose}>
      <form
        className="hd-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (save.isPending) return;
          const names = categories.split('\n').map((name) => name.trim()).filter(Boolean);
          if (names.some((name) => name.length > longestCategory)) {
            setCategoriesError(t.tooLong(longestCategory));
            categoriesField.current?.focus();
            return;
          }
          save.mutate({
            isAvailable,
            categories: names,
            maxOpenTickets: most === '' ? null : Number(most),
          });
        }}
      >
        <label className="hd-check"><input type="checkbox" checked={isAvailable} onChange={(event) => setAvailable(event.target.checked)} /> {t.manager.takesTickets}</label>
        <div className="hd-field">
          <label className="hd-label" htmlFor={`${id}-categories`}>{t.manager.categories}</label>
          <textarea
            id={`${id}-categories`}
            ref={categoriesField}
            className="hd-textarea"
            rows={4}
            value={categories}
            aria-invalid={categoriesError !== undefined}
            aria-describedby={categoriesError === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
            onChange={(event) => {
              setCategories(event.target.value);
              setCategoriesError(undefined);
            }}
          />
          <p id={`${id}-hint`} className="hd-hint">{t.manager.categoriesHint}{known.data && known.data.length > 0 ? ` ${t.manager.knownCategories(known.data.join(', '))}` : ''}</p>
          {categoriesError !== undefined && <p id={`${id}-error`} className="hd-error" role="alert">{categoriesError}</p>}
        </div>
        <div className="hd-field">
          <label className="hd-label" htmlFor={`${id}-most`}>{t.manager.mostOpen}</label>
          <input id={`${id}-most`} className="hd-input" type="number" min={0} step={1} value={most} onChange={(event) => setMost(event.target.value)} />
        </div>
        {save.error && <p className="hd-error" role="alert">{t.notSaved(reasonOf(save.error, t))}</p>}
        <div className="hd-actions">
          <button type="submit" className="hd-button hd-button-primary" aria-disabled={save.isPending}>{t.save}</button>
          <button type="button" className="hd-button" onClick={onClose}>{t.cancel}</button>
        </div>
      </form>
    </Modal>
  );
}
