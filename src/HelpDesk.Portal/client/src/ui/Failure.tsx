import { ApiError } from '../api/client';
import type { Messages } from '../i18n/en';
import { useText } from '../i18n/text';

/** Why something failed, in the reader's words. The API's own sentence is English: where it says more, it is told too. */
export function reasonOf(error: unknown, t: Messages): string {
  if (!(error instanceof ApiError)) return t.reasons.other;
  const fields = error.problem?.errors ? Object.values(error.problem.errors).flat() : [];
  if (fields.length > 0) return fields.join(' ');
  return error.code in t.reasons ? t.reasons[error.code as keyof Messages['reasons']] : (error.problem?.detail ?? t.reasons.other);
}

/** Where something could not be loaded: why, and once more. What was there before stays. */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useText();
  return (
    <div className="hd-banner hd-banner-danger" role="alert">
      <p>{t.notLoaded(reasonOf(error, t))}</p>
      <button type="button" className="hd-button" onClick={retry}>{t.retry}</button>
    </div>
  );
}
