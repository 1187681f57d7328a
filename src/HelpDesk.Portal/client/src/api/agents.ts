import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from './client';
import { useMe, type Agent } from './people';

const key = ['agents'];

/** Who can be assigned to a ticket: the role `support`. */
export function useAgents(isEnabled = true) {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => answer(api.GET('/agents', { signal })).then((list) => list.data), staleTime: 60_000, enabled: isEnabled });
}

/** Oneself, as who is assigned to tickets; undefined for whoever is not, as some managers. */
export function useOwnProfile(): Agent | undefined {
  const { data: me } = useMe();
  const { data: agents } = useAgents(me?.isAgent === true);
  return agents?.find((agent) => agent.id === me?.id);
}

/** Whether new tickets are assigned to oneself. Shown at once, and taken back where the server does not agree. */
export function useAvailability() {
  const queryClient = useQueryClient();
  const own = useOwnProfile();
  return useMutation({
    mutationFn: (isAvailable: boolean) => answer(api.PUT('/agents/me/availability', { body: { isAvailable } })),
    onMutate: async (isAvailable) => {
      await queryClient.cancelQueries({ queryKey: key });
      const before = queryClient.getQueryData<Agent[]>(key);
      queryClient.setQueryData<Agent[]>(key, (agents) => agents?.map((agent) => (agent.id === own?.id ? { ...agent, isAvailable } : agent)));
      return before;
    },
    onError: (_error, _isAvailable, before) => queryClient.setQueryData(key, before),
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  });
}
