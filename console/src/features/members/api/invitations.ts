import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '@/features/members/api/members';
import { answerOf, api } from '@/lib/api/client';
import { useRequestId } from '@/lib/api/request-id';
import type { Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';

export type Invitation = Schema<'identity.v1.Invitation'>;

function invitationsKey(tenantId: string) {
  return ['invitations', tenantId] as const;
}

/** The invitations which are still open, newest first. */
export function useInvitations(tenantId: string): Listing<Invitation> {
  return useListing({
    queryKey: invitationsKey(tenantId),
    page: async (pageToken, signal) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/invitations', {
          params: { path: { tenantId }, query: { pageToken } },
          signal,
        }),
      );
      return { rows: answer.invitations ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

/** What is shown once after somebody was invited. */
export interface Invited {
  readonly email: string;
  readonly acceptUrl: string;
  /** Only for a person who is new to the installation. */
  readonly temporaryPassword: string | undefined;
}

/** Invites a person; the answer alone holds the link. */
export function useInvite(tenantId: string) {
  const queryClient = useQueryClient();
  const requestIdFor = useRequestId();
  return useMutation({
    mutationFn: async (body: { email: string; role: Role }): Promise<Invited> => {
      const query = { requestId: requestIdFor(body) };
      const answer = await answerOf(
        api.POST('/api/v1/tenants/{tenantId}/invitations', { params: { path: { tenantId }, query }, body }),
      );
      return {
        email: body.email,
        acceptUrl: answer.acceptUrl ?? '',
        temporaryPassword: answer.temporaryPassword === '' ? undefined : answer.temporaryPassword,
      };
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: invitationsKey(tenantId) }),
  });
}

export function useWithdrawInvitation(tenantId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (invitationId: string) =>
      answerOf(
        api.DELETE('/api/v1/tenants/{tenantId}/invitations/{invitationId}', {
          params: { path: { tenantId, invitationId } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: invitationsKey(tenantId) }),
  });
}

/** Accepts an invitation as the signed-in person. */
export function useAcceptInvitation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => answerOf(api.POST('/api/v1/invitations:accept', { body: { token } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['account'] }),
  });
}
