import { useId } from 'react';

interface Props<T extends string> {
  label: string;
  value: T;
  options: { id: T; label: string; lang?: string }[];
  onChange: (id: T) => void;
}

/** One of a few, all of them in sight: native radio buttons. */
export function Choices<T extends string>({ label, value, options, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="hd-choices">
      <legend className="hd-label">{label}</legend>
      <div className="hd-choices-row">
        {options.map((option) => (
          <label key={option.id} className="hd-choice" lang={option.lang}>
            <input type="radio" name={name} checked={option.id === value} onChange={() => onChange(option.id)} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
