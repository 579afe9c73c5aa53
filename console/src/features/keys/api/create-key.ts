import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keysKey } from '@/features/keys/api/list-keys';
import { answerOf, api } from '@/lib/api/client';
import { useRequestId } from '@/lib/api/request-id';
import type { ProjectScope } from '@/lib/session/scope';

/** The scopes that a person may give; `METRICS` only with a permission on the platform. */
export const KEY_SCOPES = ['KEY_SCOPE_INFERENCE', 'KEY_SCOPE_AGENTS', 'KEY_SCOPE_USAGE', 'KEY_SCOPE_METRICS'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export interface NewKey {
  readonly displayName: string;
  readonly scopes: KeyScope[];
  /** By name; empty means all that the tenant sees. */
  readonly models: string[];
  /** Undefined means never. */
  readonly expireTime: string | undefined;
}

/** Makes a key; the answer alone holds its secret. */
export function useCreateKey(scope: ProjectScope) {
  const queryClient = useQueryClient();
  const requestIdFor = useRequestId();
  return useMutation({
    mutationFn: ({ expireTime, ...key }: NewKey) => {
      const body = { ...key, ...(expireTime === undefined ? {} : { expireTime }) };
      const query = { requestId: requestIdFor(body) };
      return answerOf(
        api.POST('/api/v1/tenants/{tenantId}/projects/{projectId}/api-keys', { params: { path: scope, query }, body }),
      );
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysKey(scope) }),
  });
}
