interface Props {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  isReadOnly: boolean;
  rows?: number;
  hint?: string;
  /** Which keys a telephone shows. */
  inputMode?: 'email';
}

/** A text that is needed: one line, or several where `rows` says so. It is never cut: what is too long is told, and stays. */
export function TextField({ id, label, value, onChange, error, isReadOnly, rows, hint, inputMode }: Props) {
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ');
  const field = {
    id,
    value,
    required: true,
    readOnly: isReadOnly,
    dir: 'auto',
    'aria-invalid': error !== undefined,
    'aria-describedby': describedBy || undefined,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="hd-field">
      <label className="hd-label hd-required" htmlFor={id}>{label}</label>
      {hint !== undefined && <span id={`${id}-hint`} className="hd-hint">{hint}</span>}
      {rows === undefined ? <input className="hd-input" type="text" autoComplete="off" inputMode={inputMode} {...field} /> : <textarea className="hd-textarea" rows={rows} {...field} />}
      {error !== undefined && <p id={`${id}-error`} className="hd-error">{error}</p>}
    </div>
  );
}
