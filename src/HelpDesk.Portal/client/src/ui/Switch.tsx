import { useId, type ReactNode } from 'react';

interface Props {
  label: ReactNode;
  hint?: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}

/** On or off, at once: a native checkbox in the clothes of a switch. */
export function Switch({ label, hint, isOn, isDisabled = false, onChange }: Props) {
  const hintId = useId();
  return (
    <label className="hd-switch">
      <input type="checkbox" role="switch" checked={isOn} disabled={isDisabled} aria-describedby={hint ? hintId : undefined} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {hint && <span id={hintId} className="hd-hint hd-switch-hint">{hint}</span>}
      </span>
    </label>
  );
}
