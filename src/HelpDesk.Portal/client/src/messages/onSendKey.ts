import type { KeyboardEvent } from 'react';

/** Ctrl+Enter, or Cmd+Enter, sends the box in which it is pressed. */
export function onSendKey(sendNow: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    sendNow();
  };
}
