import type { FormEvent } from 'react';
import type { Priority } from '../api/client';
import { useCategories } from '../api/people';
import { useText } from '../i18n/text';
import { FilePicker } from '../messages/FilePicker';
import { onSendKey } from '../messages/onSendKey';
import { SelectField } from '../ui/SelectField';
import { useTitle } from '../ui/useTitle';
import { ErrorSummary } from './ErrorSummary';
import { NotSent } from './NotSent';
import { TextField } from './TextField';
import { useCreateRequest } from './useCreateRequest';

const priorities: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
const ids = { subject: 'request-subject', body: 'request-body', category: 'request-category', priority: 'request-priority', attachments: 'request-files' };

export default function CreateRequest() {
  const { t } = useText();
  const categories = useCategories();
  const form = useCreateRequest();
  const { fields, errors, files, isSending } = form;
  const labels = { subject: t.subject, body: t.requester.whatHappened, category: t.category, priority: t.priorityLabel, attachments: t.requester.files };
  useTitle(t.requester.createRequest);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    form.send();
  }

  return (
    <form className="hd-request-form" noValidate onSubmit={onSubmit} onKeyDown={onSendKey(form.send)} aria-labelledby="request-title">
      <h1 id="request-title">{t.requester.createRequest}</h1>
      <ErrorSummary ref={form.summary} errors={errors} labels={labels} ids={ids} />
      <TextField id={ids.subject} label={labels.subject} value={fields.subject} onChange={(value) => form.set('subject', value)} error={errors.subject} isReadOnly={isSending} />
      <TextField id={ids.body} label={labels.body} value={fields.body} onChange={(value) => form.set('body', value)} error={errors.body} isReadOnly={isSending} rows={8} />
      <div className="hd-request-choices">
        {categories.data && categories.data.length > 0 && (
          <SelectField
            id={ids.category}
            label={labels.category}
            value={fields.category}
            onChange={(value) => form.set('category', value)}
            options={[{ id: '', label: t.requester.chooseCategory }, ...categories.data.map((name) => ({ id: name, label: name }))]}
            isDisabled={isSending}
            error={errors.category}
          />
        )}
        {/* Not before it is known whether there is a category: then it would move aside. */}
        {!categories.isPending && (
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
        <button ref={form.sendButton} type="submit" className="hd-button hd-button-primary" aria-disabled={isSending}>{isSending ? t.sending : t.requester.createRequest}</button>
        <span className="hd-hint" role="status">
          {form.isCancelled ? t.requester.cancelled : form.isSaved ? (files.files.length > 0 ? t.draftWithoutFiles : t.draftSaved) : ''}
        </span>
      </div>
      <NotSent error={form.error} retry={form.send} />
    </form>
  );
}
