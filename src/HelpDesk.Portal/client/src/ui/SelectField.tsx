import { useId } from 'react';

interface Props {
  label: string;
  value: string;
  options: { id: string; label: string }[];
  onChange: (id: string) => void;
  isDisabled?: boolean;
  id?: string;
  hint?: string | undefined;
  /** What the API says against the value. */
  error?: string | undefined;
}

/** A native select, for filters and forms, where a value that changes on its way does no harm. */
export function SelectField({ label, value, options, onChange, isDisabled = false, id: givenId, hint, error }: Props) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="hd-field">
      <label className="hd-label" htmlFor={id}>{label}</label>
      <select id={id} className="hd-select" value={value} disabled={isDisabled} aria-invalid={error !== undefined} aria-describedby={describedBy || undefined} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => <option key={option.id} value={option.id}>{option.label}</option>)}
      </select>
      {/* Below it: when it goes, the field stays where it is. */}
      {hint !== undefined && <p id={`${id}-hint`} className="hd-hint">{hint}</p>}
      {error !== undefined && <p id={`${id}-error`} className="hd-error">{error}</p>}
    </div>
  );
}
