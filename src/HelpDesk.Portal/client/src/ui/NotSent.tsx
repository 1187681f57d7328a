import { ApiError } from '../api/client';
import { useText } from '../i18n/text';
import { reasonOf } from './Failure';

/** Why something was not sent, where it should have been, and the same once more. The text is still where it was written. */
export function NotSent({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const { t } = useText();
  if (error === null || error === undefined) return null;
  const status = error instanceof ApiError && error.code === 'transition_not_allowed' ? error.problem?.ticketStatus : null;
  const reason = status ? t.requester.notPossible(t.status[status]) : reasonOf(error, t);
  // What is refused for what it is would be refused again.
  const isWorthwhile = !(error instanceof ApiError) || ![404, 409].includes(error.status) || error.code === 'conflict';
  return (
    <div className="hd-banner hd-banner-danger" role="alert">
      <p>{t.notSaved(reason)}</p>
      {retry && isWorthwhile && <button type="button" className="hd-button" onClick={retry}>{t.retry}</button>}
    </div>
  );
}
