import { useId } from 'react';

interface Props {
  label: string;
  value: string;
  options: { id: string; label: string }[];
  onChange: (id: string) => void;
}

/** A native select, for filters and forms, where a value that changes on its way does no harm. */
export function SelectField({ label, value, options, onChange }: Props) {
  const id = useId();
  return (
    <div className="hd-field">
      <label className="hd-label" htmlFor={id}>{label}</label>
      <select id={id} className="hd-select" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => <option key={option.id} value={option.id}>{option.label}</option>)}
      </select>
    </div>
  );
}
