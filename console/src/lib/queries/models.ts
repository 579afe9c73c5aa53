import { queryOptions } from '@tanstack/react-query';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';

export type Model = Schema<'serving.v1.Model'>;

/** The whole catalogue, by name; for platform admins. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) =>
    allPages(async (pageToken) => {
      const answer = await answerOf(
        api.GET('/api/v1/models', { params: { query: { pageSize: LARGEST_PAGE, pageToken } }, signal }),
      );
      return { rows: answer.models ?? [], nextPageToken: answer.nextPageToken };
    }),
});
