import { useId, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';

export interface PickerOption {
  id: string;
  label: string;
  /** In place of the plain label. */
  content?: ReactNode;
}

interface Props {
  label: string;
  value: string;
  options: PickerOption[];
  onChange: (id: string) => void;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/**
 * One of several values, which changes only when it is chosen from the open list. A menu, since selects (the native one and React Aria's) take letters and
 * arrows on their closed button for a choice, and a single key shall change nothing.
 */
export function Picker({ label, value, options, onChange, isOpen, onOpenChange }: Props) {
  const id = useId();
  const current = options.find((option) => option.id === value);
  return (
    <div className="hd-field hd-picker">
      <span id={`${id}-label`} className="hd-label">{label}</span>
      <MenuTrigger {...(isOpen === undefined ? {} : { isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
        <Button className="hd-button hd-picker-button" aria-labelledby={`${id}-label ${id}-value`}>
          <span id={`${id}-value`} className="hd-picker-value">{current?.content ?? current?.label}</span>
          <span aria-hidden="true">▾</span>
        </Button>
        <Popover className="hd-popover">
          <Menu
            className="hd-options"
            items={options}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[value]}
            onAction={(key) => String(key) !== value && onChange(String(key))}
          >
            {(option) => (
              <MenuItem className="hd-option" id={option.id} textValue={option.label}>
                {option.content ?? option.label}
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
