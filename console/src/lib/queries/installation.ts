import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';

/** What this installation is called by its callers. */
export const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: async ({ signal }) => (await answerOf(api.GET('/api/v1/installation', { signal }))).installation ?? {},
  staleTime: Infinity,
});
