import { queryOptions } from '@tanstack/react-query';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import { answerOf, api } from '@/lib/api/client';
import type { ProjectScope } from '@/lib/session/scope';

/** All agents of a project, for pickers and for names beside runs and usage. */
export function projectAgentsQuery(scope: ProjectScope) {
  return queryOptions({
    queryKey: ['agents', scope.tenantId, scope.projectId, 'all'],
    queryFn: ({ signal }) =>
      allPages(async (pageToken) => {
        const answer = await answerOf(
          api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/agents', {
            params: { path: scope, query: { pageSize: LARGEST_PAGE, pageToken } },
            signal,
          }),
        );
        return { rows: answer.agents ?? [], nextPageToken: answer.nextPageToken };
      }),
  });
}
