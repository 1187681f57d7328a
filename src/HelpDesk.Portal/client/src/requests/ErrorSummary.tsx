import type { Ref } from 'react';
import { useText } from '../i18n/text';
import { fieldOrder, type Field, type FieldErrors } from './requestForm';

interface Props {
  errors: FieldErrors;
  labels: Record<Field, string>;
  /** Where each field is. */
  ids: Record<Field, string>;
  ref: Ref<HTMLDivElement>;
}

/** What keeps a form from being sent: it takes the focus, and leads to each field. */
export function ErrorSummary({ errors, labels, ids, ref }: Props) {
  const { t } = useText();
  const fields = fieldOrder.filter((field) => errors[field] !== undefined);
  if (fields.length === 0) return null;
  return (
    <div ref={ref} className="hd-summary" tabIndex={-1} aria-labelledby="summary-title" role="group">
      <h2 id="summary-title">{t.summary}</h2>
      <ul>
        {fields.map((field) => (
          <li key={field}>
            <a
              href={`#${ids[field]}`}
              onClick={(event) => {
                event.preventDefault(); // To the field, and not a step of the browser's history.
                document.getElementById(ids[field])?.focus();
              }}
            >
              {labels[field]}: {errors[field]}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
