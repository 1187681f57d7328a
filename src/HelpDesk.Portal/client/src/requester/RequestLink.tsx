import { useQueryClient } from '@tanstack/react-query';
import type { MouseEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import { prefetchConversation, type Ticket } from '../api/tickets';

/** By it the list finds the row again that its reader has left. */
export function requestId(ticket: Ticket): string {
  return `request-${ticket.number}`;
}

export function RequestLink({ ticket }: { ticket: Ticket }) {
  return <Link id={requestId(ticket)} className="hd-request-link" to={`/t/${encodeURIComponent(ticket.number)}`} dir="auto">{ticket.subject}</Link>;
}

interface Props {
  as: 'tr' | 'li';
  className: string;
  ticket: Ticket;
  children: ReactNode;
}

/** A row that opens by its link wherever it is pressed. What somebody points at, or comes to with the keyboard, is asked for before they press. */
export function RequestRow({ as: Row, className, ticket, children }: Props) {
  const queryClient = useQueryClient();
  const prefetch = () => prefetchConversation(queryClient, ticket.number);
  function open(event: MouseEvent<HTMLElement>) {
    // The link does it itself, and a number that was marked is to be copied.
    if ((event.target as Element).closest('a') || getSelection()?.toString()) return;
    event.currentTarget.querySelector('a')?.click();
  }
  return <Row className={className} onClick={open} onPointerEnter={prefetch} onFocus={prefetch}>{children}</Row>;
}
