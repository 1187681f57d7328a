import { useQuery } from '@tanstack/react-query';
import { answer, api } from './client';

export function useAgents() {
  return useQuery({ queryKey: ['agents'], queryFn: () => answer(api.GET('/agents')).then((list) => list.data), staleTime: 30_000 });
}
