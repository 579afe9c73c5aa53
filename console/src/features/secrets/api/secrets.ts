import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';
import type { ProjectScope } from '@/lib/session/scope';

export type Secret = Schema<'identity.v1.Secret'>;

function secretsKey(scope: ProjectScope) {
  return ['secrets', scope.tenantId, scope.projectId] as const;
}

/** The secrets of a project: names only, for nobody reads a value back. */
export function useSecrets(scope: ProjectScope): Listing<Secret> {
  return useListing({
    queryKey: secretsKey(scope),
    page: async (pageToken, signal) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/secrets', {
          params: { path: scope, query: { pageToken } },
          signal,
        }),
      );
      return { rows: answer.secrets ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

export interface SecretValue {
  readonly name: string;
  readonly value: string;
}

/** Sets a secret, new or again. */
export function useSetSecret(scope: ProjectScope) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ name, value }: SecretValue) =>
      answerOf(
        api.PUT('/api/v1/tenants/{tenantId}/projects/{projectId}/secrets/{name}', {
          params: { path: { ...scope, name } },
          body: { value },
        }),
      ),
    // The value must not stay in memory after it was sent.
    gcTime: 0,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: secretsKey(scope) }),
  });
}

export function useDeleteSecret(scope: ProjectScope) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      answerOf(
        api.DELETE('/api/v1/tenants/{tenantId}/projects/{projectId}/secrets/{name}', {
          params: { path: { ...scope, name } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: secretsKey(scope) }),
  });
}
