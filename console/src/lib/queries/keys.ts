import { queryOptions } from '@tanstack/react-query';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import { answerOf, api } from '@/lib/api/client';
import type { ProjectScope } from '@/lib/session/scope';

/** All keys of a project, for pickers and for names beside usage and limits. */
export function projectKeysQuery(scope: ProjectScope) {
  return queryOptions({
    queryKey: ['keys', scope.tenantId, scope.projectId, 'all'],
    queryFn: ({ signal }) =>
      allPages(async (pageToken) => {
        const answer = await answerOf(
          api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/api-keys', {
            params: { path: scope, query: { pageSize: LARGEST_PAGE, pageToken } },
            signal,
          }),
        );
        return { rows: answer.apiKeys ?? [], nextPageToken: answer.nextPageToken };
      }),
  });
}
