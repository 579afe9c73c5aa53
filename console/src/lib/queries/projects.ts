import { queryOptions } from '@tanstack/react-query';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';

export type Project = Schema<'identity.v1.Project'>;

/** All projects of a tenant, by name, for pickers and names. */
export function projectsQuery(tenantId: string) {
  return queryOptions({
    queryKey: ['projects', tenantId],
    queryFn: ({ signal }) =>
      allPages(async (pageToken) => {
        const answer = await answerOf(
          api.GET('/api/v1/tenants/{tenantId}/projects', {
            params: { path: { tenantId }, query: { pageSize: LARGEST_PAGE, pageToken } },
            signal,
          }),
        );
        return { rows: answer.projects ?? [], nextPageToken: answer.nextPageToken };
      }),
    staleTime: 30_000,
  });
}
