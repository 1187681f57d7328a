import { useEffect, useState, type ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal';

interface Props {
  title: string;
  onClose: () => void;
  /** For what must be decided: a press beside it does not close it, as its buttons and Escape do. */
  isAlert?: boolean;
  /** Whether a press beside it and Escape close it; not where something is typed, which would be lost. */
  isDismissable?: boolean;
  children: ReactNode;
}

/** A dialog over the page: the keyboard stays in it, and goes back to where it was. */
export function Modal({ isOpen, ...dialog }: Props & { isOpen: boolean }) {
  return isOpen ? <OpenModal {...dialog} /> : null;
}

function OpenModal({ title, onClose, isAlert = false, isDismissable = !isAlert, children }: Props) {
  const [opener] = useState(() => document.activeElement);
  // React Aria gives the focus back where a dialog closes itself, but not where what was done in it takes it off the page.
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
      });
    },
    [opener],
  );
  return (
    <ModalOverlay className="hd-overlay" isOpen onOpenChange={(open) => !open && onClose()} isDismissable={isDismissable} isKeyboardDismissDisabled={!isDismissable && !isAlert}>
      <AriaModal className="hd-modal">
        <Dialog className="hd-dialog" role={isAlert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2}>{title}</Heading>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
