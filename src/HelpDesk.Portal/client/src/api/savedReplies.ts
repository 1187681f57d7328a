import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from './client';

export type SavedReply = Schemas['SavedReplyResponse'];

const key = ['saved-replies'];

export interface SavedReplyText {
  title: string;
  body: string;
  shared: boolean;
}

/** One's own and the shared ones, by title. */
export function useSavedReplies() {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => answer(api.GET('/saved-replies', { signal })).then((list) => list.data), staleTime: 60_000 });
}

/** Adds a saved reply, or replaces the one with the id. */
export function useSaveReply() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, text }: { id: string | null; text: SavedReplyText }) =>
      answer(id === null ? api.POST('/saved-replies', { body: text }) : api.PUT('/saved-replies/{id}', { params: { path: { id } }, body: text })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  });
}

export function useDeleteReply() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/saved-replies/{id}', { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  });
}
