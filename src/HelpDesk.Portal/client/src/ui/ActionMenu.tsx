import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';

export interface Action {
  id: string;
  label: string;
  /** In place of the plain label. */
  content?: ReactNode;
}

interface Props {
  label: string;
  actions: Action[];
  /** It keeps the focus all the same, and does not open. */
  isDisabled: boolean;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onChoose: (id: string) => void;
}

/** A button with a menu of what it can do: nothing is done before one is chosen. Where a key has opened it, the focus goes back to where it was. */
export function ActionMenu({ label, actions, isDisabled, isOpen, onOpenChange, onChoose }: Props) {
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={(wanted) => onOpenChange(wanted && !isDisabled)}>
      <Button className="hd-button" aria-disabled={isDisabled}>
        {label}
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="hd-popover" placement="top start">
        <Menu className="hd-options" items={actions} onAction={(id) => onChoose(String(id))}>
          {(action) => (
            <MenuItem className="hd-option" id={action.id} textValue={action.label}>
              {action.content ?? action.label}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
