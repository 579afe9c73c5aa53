import { queryOptions } from '@tanstack/react-query';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import { answerOf, api } from '@/lib/api/client';

/** All tenants of the installation, for pickers of platform admins. */
export const allTenantsQuery = queryOptions({
  queryKey: ['tenants', 'all'],
  queryFn: ({ signal }) =>
    allPages(async (pageToken) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants', { params: { query: { pageSize: LARGEST_PAGE, pageToken } }, signal }),
      );
      return { rows: answer.tenants ?? [], nextPageToken: answer.nextPageToken };
    }),
});
