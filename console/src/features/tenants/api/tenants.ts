import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { useRequestId } from '@/lib/api/request-id';
import { changes, type Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';

export type Tenant = Schema<'identity.v1.Tenant'>;

const TENANTS = ['tenants'] as const;

/** All tenants of the installation, by name; for platform admins. */
export function useTenants(): Listing<Tenant> {
  return useListing({
    queryKey: TENANTS,
    page: async (pageToken, signal) => {
      const answer = await answerOf(api.GET('/api/v1/tenants', { params: { query: { pageToken } }, signal }));
      return { rows: answer.tenants ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

/** One tenant, as its own admin sees it. */
export function tenantQuery(tenantId: string) {
  return queryOptions({
    queryKey: ['tenant', tenantId],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(api.GET('/api/v1/tenants/{tenantId}', { params: { path: { tenantId } }, signal }));
      return answer.tenant ?? {};
    },
  });
}

/** A tenant's name stands in the bar as well, which shows what the account says. */
function useRefreshed() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: TENANTS }),
      queryClient.invalidateQueries({ queryKey: ['tenant'] }),
      queryClient.invalidateQueries({ queryKey: ['account'] }),
    ]);
}

export interface NewTenant {
  readonly name: string;
  readonly displayName: string;
  readonly timeZone: string;
}

export function useCreateTenant() {
  const onSuccess = useRefreshed();
  const requestIdFor = useRequestId();
  return useMutation({
    mutationFn: (body: NewTenant) =>
      answerOf(api.POST('/api/v1/tenants', { params: { query: { requestId: requestIdFor(body) } }, body })),
    onSuccess,
  });
}

export function useUpdateTenant(tenantId: string) {
  const onSuccess = useRefreshed();
  return useMutation({
    mutationFn: (body: Omit<NewTenant, 'name'>) =>
      answerOf(
        api.PATCH('/api/v1/tenants/{tenantId}', {
          params: { path: { tenantId } },
          body: changes<'identity.v1.Tenant'>(body),
        }),
      ),
    onSuccess,
  });
}

/** Suspends a tenant: its keys and sessions are refused until it is resumed. */
export function useSuspendTenant() {
  const onSuccess = useRefreshed();
  return useMutation({
    mutationFn: (tenantId: string) =>
      answerOf(api.POST('/api/v1/tenants/{tenantId}:suspend', { params: { path: { tenantId } }, body: {} })),
    onSuccess,
  });
}

export function useResumeTenant() {
  const onSuccess = useRefreshed();
  return useMutation({
    mutationFn: (tenantId: string) =>
      answerOf(api.POST('/api/v1/tenants/{tenantId}:resume', { params: { path: { tenantId } }, body: {} })),
    onSuccess,
  });
}
