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

/** A button with a menu of what it can do: nothing is done before one is chosen. */
export function ActionMenu({ label, actions, isDisabled, onChoose }: { label: string; actions: Action[]; isDisabled: boolean; onChoose: (id: string) => void }) {
  return (
    <MenuTrigger>
      <Button className="hd-button" isDisabled={isDisabled}>
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
