import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';

export interface PickerOption {
  id: string;
  label: string;
  /** In place of the plain label. */
  content?: ReactNode;
}

interface Props {
  label: string;
  value: string | null;
  options: PickerOption[];
  onChange: (id: string) => void;
  isLabelHidden?: boolean;
  isDisabled?: boolean;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** One of several values, which changes only when it is chosen: arrows and letters in a native select would change it on their way. */
export function Picker({ label, value, options, onChange, isLabelHidden = false, isDisabled = false, isOpen, onOpenChange }: Props) {
  return (
    <Select
      className="hd-field hd-picker"
      value={value}
      onChange={(id) => id !== null && id !== value && onChange(String(id))}
      isDisabled={isDisabled}
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange ? { onOpenChange } : {})}
    >
      <Label className={isLabelHidden ? 'hd-sr' : 'hd-label'}>{label}</Label>
      <Button className="hd-button hd-picker-button">
        <SelectValue>{({ selectedItem, defaultChildren }) => (selectedItem as PickerOption | null)?.content ?? defaultChildren}</SelectValue>
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="hd-popover">
        <ListBox className="hd-options" items={options}>
          {(option) => (
            <ListBoxItem className="hd-option" id={option.id} textValue={option.label}>
              {option.content ?? option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
