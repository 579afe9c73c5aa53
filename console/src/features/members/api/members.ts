import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';

export type Member = Schema<'identity.v1.Member'>;

/** The roles that a person may have in a tenant, from the most to the least. */
export const ROLES = ['ROLE_TENANT_ADMIN', 'ROLE_DEVELOPER', 'ROLE_VIEWER'] as const;
export type Role = (typeof ROLES)[number];

function membersKey(tenantId: string) {
  return ['members', tenantId] as const;
}

/** The people of a tenant, by email. */
export function useMembers(tenantId: string): Listing<Member> {
  return useListing({
    queryKey: membersKey(tenantId),
    page: async (pageToken, signal) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/members', { params: { path: { tenantId }, query: { pageToken } }, signal }),
      );
      return { rows: answer.members ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

function useRefreshed(tenantId: string) {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: membersKey(tenantId) }),
      // A person may have changed their own role.
      queryClient.invalidateQueries({ queryKey: ['account'] }),
    ]);
}

/** Changes a member's role; the last tenant admin keeps it. */
export function useChangeRole(tenantId: string) {
  const onSuccess = useRefreshed(tenantId);
  return useMutation({
    mutationFn: ({ userId, role }: { userId: string; role: Role }) =>
      answerOf(
        api.PATCH('/api/v1/tenants/{tenantId}/members/{userId}', {
          params: { path: { tenantId, userId } },
          body: { role },
        }),
      ),
    onSuccess,
  });
}

/** Removes a member; the last tenant admin cannot be removed. */
export function useRemoveMember(tenantId: string) {
  const onSuccess = useRefreshed(tenantId);
  return useMutation({
    mutationFn: (userId: string) =>
      answerOf(api.DELETE('/api/v1/tenants/{tenantId}/members/{userId}', { params: { path: { tenantId, userId } } })),
    onSuccess,
  });
}
