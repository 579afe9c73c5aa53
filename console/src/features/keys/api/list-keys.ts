import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';
import type { ProjectScope } from '@/lib/session/scope';

export type ApiKey = Schema<'identity.v1.ApiKey'>;

export function keysKey(scope: ProjectScope) {
  return ['keys', scope.tenantId, scope.projectId] as const;
}

/** The keys of a project, newest first, revoked ones included. */
export function useKeys(scope: ProjectScope): Listing<ApiKey> {
  return useListing({
    queryKey: keysKey(scope),
    page: async (pageToken, signal) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/api-keys', {
          params: { path: scope, query: { pageToken } },
          signal,
        }),
      );
      return { rows: answer.apiKeys ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}
