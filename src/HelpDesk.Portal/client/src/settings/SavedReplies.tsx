import { useRef, useState } from 'react';
import { useDeleteReply, useSavedReplies, type SavedReply } from '../api/savedReplies';
import { useText } from '../i18n/text';
import { Failure, reasonOf } from '../ui/Failure';
import { FoldedText } from '../ui/FoldedText';
import { Modal } from '../ui/Modal';
import { Skeleton } from '../ui/Skeleton';
import { useToast } from '../ui/Toast';
import { SavedReplyForm } from './SavedReplyForm';

/** One's own texts and the shared ones. Those of others can be read, not changed. */
export default function SavedReplies() {
  const { t } = useText();
  const s = t.settingsPage;
  const replies = useSavedReplies();
  const [editing, setEditing] = useState<SavedReply | 'new' | null>(null);
  const [deleting, setDeleting] = useState<SavedReply | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  return (
    <section aria-labelledby="settings-replies">
      <div className="hd-title">
        <h2 id="settings-replies" ref={heading} tabIndex={-1}>{s.savedReplies}</h2>
        <button type="button" className="hd-button" onClick={() => setEditing('new')}>{s.addReply}</button>
      </div>
      <p className="hd-muted">{s.savedRepliesHint}</p>
      {replies.error && <Failure error={replies.error} retry={() => void replies.refetch()} />}
      {!replies.data ? (
        !replies.error && <Skeleton rows={3} />
      ) : replies.data.length === 0 ? (
        <p className="hd-empty">{s.noReplies}</p>
      ) : (
        <ul className="hd-cards">
          {replies.data.map((reply) => (
            <li key={reply.id} className="hd-card">
              <div className="hd-card-line">
                <h3 className="hd-reply-title">{reply.title}</h3>
                {reply.shared && <span className="hd-tag">{s.shared}</span>}
              </div>
              <FoldedText text={reply.body} />
              {reply.canChange && (
                <div className="hd-actions">
                  <button type="button" className="hd-button" aria-label={s.editOf(reply.title)} onClick={() => setEditing(reply)}>{s.edit}</button>
                  <button type="button" className="hd-button hd-button-danger" aria-label={s.deleteOf(reply.title)} onClick={() => setDeleting(reply)}>{s.delete}</button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && <SavedReplyForm reply={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {deleting && (
        <DeleteDialog
          reply={deleting}
          onClose={() => setDeleting(null)}
          onDeleted={() => {
            setDeleting(null);
            // The button from which the dialog came is gone; after the dialog has looked for it, the focus goes to the list.
            setTimeout(() => heading.current?.focus(), 0);
          }}
        />
      )}
    </section>
  );
}

function DeleteDialog({ reply, onClose, onDeleted }: { reply: SavedReply; onClose: () => void; onDeleted: () => void }) {
  const { t } = useText();
  const s = t.settingsPage;
  const toast = useToast();
  const remove = useDeleteReply();
  return (
    <Modal title={s.deleteTitle} isOpen onClose={onClose} isAlert>
      <p>{s.deleteText(reply.title, reply.shared)}</p>
      {remove.error && <p className="hd-error" role="alert">{t.notSaved(reasonOf(remove.error, t))}</p>}
      <div className="hd-actions">
        <button
          type="button"
          className="hd-button hd-button-danger"
          disabled={remove.isPending}
          onClick={() =>
            remove.mutate(reply.id, {
              onSuccess: () => {
                toast(s.replyDeleted);
                onDeleted();
              },
            })
          }
        >
          {s.delete}
        </button>
        <button type="button" className="hd-button" autoFocus onClick={onClose}>{t.cancel}</button>
      </div>
    </Modal>
  );
}
