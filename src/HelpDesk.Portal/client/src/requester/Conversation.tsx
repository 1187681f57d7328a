import { useQueryClient } from '@tanstack/react-query';
import { useLayoutEffect } from 'react';
import { Navigate, useParams } from 'react-router';
import { ApiError } from '../api/client';
import { useMe } from '../api/people';
import { ticketKeys, useConversation } from '../api/tickets';
import { NotFound } from '../app/NotFound';
import { Failure } from '../ui/Failure';
import { Skeleton } from '../ui/Skeleton';
import { ConversationPage } from './ConversationPage';

export default function Conversation() {
  const { number = '' } = useParams();
  const { data: me } = useMe();
  const { data: conversation, error, refetch, isFresh } = useConversation(number);
  const queryClient = useQueryClient();

  // A link to another ticket says its id. What is live goes by numbers.
  const isElsewhere = conversation !== undefined && conversation.number !== number;
  useLayoutEffect(() => {
    if (isElsewhere) queryClient.setQueryData(ticketKeys.part(conversation.number, 'conversation'), conversation);
  }, [isElsewhere, conversation, queryClient]);

  if (!conversation) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return <NotFound />;
    return error ? <Failure error={error} retry={() => void refetch()} /> : <Skeleton />;
  }
  // An agent has more to do with it than its requester has.
  if (me?.isAgent && conversation.requester.id !== me.id) return <Navigate to={`/agent/t/${encodeURIComponent(conversation.number)}`} replace />;
  if (isElsewhere) return <Navigate to={`/t/${encodeURIComponent(conversation.number)}`} replace />;
  return (
    <>
      {error && <Failure error={error} retry={() => void refetch()} />}
      <ConversationPage key={conversation.number} conversation={conversation} isFresh={isFresh} />
    </>
  );
}
