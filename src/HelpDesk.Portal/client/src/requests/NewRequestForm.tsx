import type { FormEvent } from 'react';
import type { Priority } from '../api/client';
import { useText } from '../i18n/text';
import { FilePicker } from '../messages/FilePicker';
import { onSendKey } from '../messages/onSendKey';
import { NotSent } from '../ui/NotSent';
import { SelectField } from '../ui/SelectField';
import { TextField } from '../ui/TextField';
import { ErrorSummary } from './ErrorSummary';
import type { CreateForm } from './useCreateRequest';

const priorities: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
const ids = { requesterEmail: 'request-requester', subject: 'request-subject', body: 'request-body', category: 'request-category', priority: 'request-priority', attachments: 'request-files' };

interface Props {
  form: CreateForm;
  /** What its button does. */
  action: string;
}

/** The fields of a request; whose it is too, where it is somebody else's. */
export function NewRequestForm({ form, action }: Props) {
  const { t } = useText();
  const { fields, errors, files, isSending } = form;
  const labels = { requesterEmail: t.agent.requesterEmail, subject: t.subject, body: t.requester.whatHappened, category: t.category, priority: t.priorityLabel, attachments: t.requester.files };

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    form.send();
  }

  return (
    <form className="hd-request-form" noValidate onSubmit={onSubmit} onKeyDown={onSendKey(form.send)} aria-labelledby="request-title">
      <h1 id="request-title">{form.title}</h1>
      <ErrorSummary ref={form.summary} errors={errors} labels={labels} ids={ids} />
      {fields.requesterEmail !== undefined && (
        <TextField
          id={ids.requesterEmail}
          label={labels.requesterEmail}
          hint={t.agent.requesterEmailHint}
          value={fields.requesterEmail}
          onChange={(value) => form.set('requesterEmail', value)}
          error={errors.requesterEmail}
          isReadOnly={isSending}
          inputMode="email"
        />
      )}
      <TextField id={ids.subject} label={labels.subject} value={fields.subject} onChange={(value) => form.set('subject', value)} error={errors.subject} isReadOnly={isSending} />
      <TextField id={ids.body} label={labels.body} value={fields.body} onChange={(value) => form.set('body', value)} error={errors.body} isReadOnly={isSending} rows={8} />
      <div className="hd-request-choices">
        {form.categories && form.categories.length > 0 && (
          <SelectField
            id={ids.category}
            label={labels.category}
            value={fields.category}
            onChange={(value) => form.set('category', value)}
            options={[{ id: '', label: t.requester.chooseCategory }, ...form.categories.map((name) => ({ id: name, label: name }))]}
            isDisabled={isSending}
            hint={form.goneCategory === null ? undefined : t.requester.categoryGone(form.goneCategory)}
            error={errors.category}
          />
        )}
        {/* Not before it is known whether there is a category: then it would move aside. */}
        {!form.areCategoriesPending && (
          <SelectField
            id={ids.priority}
            label={labels.priority}
            value={fields.priority}
            onChange={(value) => form.set('priority', value)}
            options={priorities.map((id) => ({ id, label: t.priority[id] }))}
            isDisabled={isSending}
            error={errors.priority}
          />
        )}
      </div>
      <div className="hd-field" id={ids.attachments} tabIndex={-1} role="group" aria-label={labels.attachments}>
        <FilePicker files={files} progress={form.progress} onCancel={form.cancel} />
        {errors.attachments !== undefined && <p className="hd-error">{errors.attachments}</p>}
      </div>
      <div className="hd-box-foot">
        <button ref={form.sendButton} type="submit" className="hd-button hd-button-primary" aria-disabled={isSending}>{isSending ? t.sending : action}</button>
        <span className="hd-hint" role="status">
          {form.isCancelled ? t.requester.cancelled : form.isSaved ? (files.files.length > 0 ? t.draftWithoutFiles : t.draftSaved) : ''}
        </span>
      </div>
      <NotSent error={form.error} retry={form.send} />
    </form>
  );
}
