import { queryOptions } from '@tanstack/react-query';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';

export type TenantModel = Schema<'serving.v1.TenantModel'>;

/** The models that a tenant sees, with whether each can answer now. */
export function tenantModelsQuery(tenantId: string) {
  return queryOptions({
    queryKey: ['tenant-models', tenantId],
    queryFn: ({ signal }) =>
      allPages(async (pageToken) => {
        const answer = await answerOf(
          api.GET('/api/v1/tenants/{tenantId}/models', {
            params: { path: { tenantId }, query: { pageSize: LARGEST_PAGE, pageToken } },
            signal,
          }),
        );
        return { rows: answer.models ?? [], nextPageToken: answer.nextPageToken };
      }),
  });
}
