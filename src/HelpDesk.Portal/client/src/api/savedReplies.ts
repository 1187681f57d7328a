import { useQuery } from '@tanstack/react-query';
import { answer, api } from './client';

export function useSavedReplies() {
  return useQuery({ queryKey: ['saved-replies'], queryFn: () => answer(api.GET('/saved-replies')).then((list) => list.data), staleTime: 60_000 });
}
