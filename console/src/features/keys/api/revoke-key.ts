import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keysKey } from '@/features/keys/api/list-keys';
import { answerOf, api } from '@/lib/api/client';
import type { ProjectScope } from '@/lib/session/scope';

/** Revokes a key for ever; the answer names the gateways that have not confirmed. */
export function useRevokeKey(scope: ProjectScope) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (keyId: string) =>
      answerOf(
        api.POST('/api/v1/tenants/{tenantId}/projects/{projectId}/api-keys/{keyId}:revoke', {
          params: { path: { ...scope, keyId } },
          body: {},
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysKey(scope) }),
  });
}
