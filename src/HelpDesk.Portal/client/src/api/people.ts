import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from './client';

export type Me = Schemas['MeResponse'];
export type Agent = Schemas['AgentResponse'];

export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => answer(api.GET('/me')), staleTime: 60_000, refetchOnWindowFocus: 'always' });
}

export function useCategories() {
  return useQuery({ queryKey: ['categories'], queryFn: () => answer(api.GET('/categories')).then((list) => list.data.map((category) => category.name)), staleTime: 5 * 60_000 });
}
