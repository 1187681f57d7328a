import { useId, useState, type FormEvent } from 'react';
import { ApiError } from '../api/client';
import { useSaveReply, type SavedReply } from '../api/savedReplies';
import { config } from '../app/config';
import { useText } from '../i18n/text';
import { reasonOf } from '../ui/Failure';
import { Modal } from '../ui/Modal';
import { useToast } from '../ui/Toast';

const longestTitle = 255;

/** Adds a saved reply, or changes one. A press beside it does not close it: what was typed would be lost. */
export function SavedReplyForm({ reply, onClose }: { reply: SavedReply | null; onClose: () => void }) {
  const { t } = useText();
  const s = t.settingsPage;
  const toast = useToast();
  const save = useSaveReply();
  const [title, setTitle] = useState(reply?.title ?? '');
  const [body, setBody] = useState(reply?.body ?? '');
  const [shared, setShared] = useState(reply?.shared ?? false);
  const [isChecked, setChecked] = useState(false);
  const ids = { title: useId(), body: useId() };

  const told = save.error instanceof ApiError ? save.error.problem?.errors : null;
  const errors = {
    title: isChecked && title.trim() === '' ? t.required : told?.['title']?.join(' '),
    body: isChecked && body.trim() === '' ? t.required : told?.['body']?.join(' '),
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const missing = title.trim() === '' ? ids.title : body.trim() === '' ? ids.body : null;
    if (missing) return document.getElementById(missing)?.focus();
    save.mutate(
      { id: reply?.id ?? null, text: { title, body, shared } },
      {
        onSuccess: () => {
          toast(s.replySaved);
          onClose();
        },
      },
    );
  }

  return (
    <Modal title={reply ? s.editReply : s.addReply} isOpen onClose={onClose} isDismissable={false}>
      <form className="hd-reply-form" noValidate onSubmit={submit}>
        <div className="hd-field">
          <label className="hd-label hd-required" htmlFor={ids.title}>{s.title}</label>
          <input id={ids.title} className="hd-input" autoFocus maxLength={longestTitle} value={title} aria-invalid={errors.title ? true : undefined} aria-describedby={`${ids.title}-error`} onChange={(event) => setTitle(event.target.value)} />
          <span id={`${ids.title}-error`} className="hd-error">{errors.title}</span>
        </div>
        <div className="hd-field">
          <label className="hd-label hd-required" htmlFor={ids.body}>{s.text}</label>
          <textarea id={ids.body} className="hd-textarea" maxLength={config.limits.body} value={body} aria-invalid={errors.body ? true : undefined} aria-describedby={`${ids.body}-error`} onChange={(event) => setBody(event.target.value)} />
          <span id={`${ids.body}-error`} className="hd-error">{errors.body}</span>
        </div>
        <label className="hd-choice">
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
          {s.share}
        </label>
        {save.error && !told?.['title'] && !told?.['body'] && <p className="hd-error" role="alert">{t.notSaved(reasonOf(save.error, t))}</p>}
        <div className="hd-actions">
          <button type="submit" className="hd-button hd-button-primary" disabled={save.isPending}>{t.save}</button>
          <button type="button" className="hd-button" onClick={onClose}>{t.cancel}</button>
        </div>
      </form>
    </Modal>
  );
}
