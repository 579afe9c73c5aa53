import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { components } from '@/generated/api';

export type Project = components['schemas']['Project'];

const LARGEST_PAGE = 200;

/** All projects of a tenant, for pickers and names; tenants have tens of them. */
export function projectsQuery(tenantId: string) {
  return queryOptions({
    queryKey: ['projects', tenantId],
    queryFn: async ({ signal }) => {
      const projects: Project[] = [];
      let pageToken = '';
      do {
        const page = await answerOf(
          api.GET('/api/v1/tenants/{tenantId}/projects', {
            params: { path: { tenantId }, query: { pageSize: LARGEST_PAGE, pageToken } },
            signal,
          }),
        );
        projects.push(...(page.projects ?? []));
        pageToken = page.nextPageToken ?? '';
      } while (pageToken !== '');
      return projects;
    },
    staleTime: 30_000,
  });
}
