import { useId } from 'react';

interface Props {
  label: string;
  value: string;
  options: { id: string; label: string }[];
  onChange: (id: string) => void;
  isDisabled?: boolean;
  id?: string;
  /** What the API says against the value. */
  error?: string | undefined;
}

/** A native select, for filters and forms, where a value that changes on its way does no harm. */
export function SelectField({ label, value, options, onChange, isDisabled = false, id: givenId, error }: Props) {
  const ownId = useId();
  const id = givenId ?? ownId;
  return (
    <div className="hd-field">
      <label className="hd-label" htmlFor={id}>{label}</label>
      <select id={id} className="hd-select" value={value} disabled={isDisabled} aria-invalid={error !== undefined} aria-describedby={error === undefined ? undefined : `${id}-error`} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => <option key={option.id} value={option.id}>{option.label}</option>)}
      </select>
      {error !== undefined && <p id={`${id}-error`} className="hd-error">{error}</p>}
    </div>
  );
}
