import { queryOptions } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { createContext, use } from 'react';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';
import { useTenantId } from '@/lib/session/scope';

export type Account = Schema<'identity.v1.Account'>;
export type Membership = Schema<'identity.v1.AccountMembership'>;

/** Who is signed in, and what they may do where. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: async ({ signal }) => (await answerOf(api.GET('/api/v1/account', { signal }))).account ?? {},
  staleTime: 60_000,
});

/** The signed-in person; the shell provides it before any page is shown. */
export const AccountContext = createContext<Account | undefined>(undefined);

export function useAccount(): Account {
  const account = use(AccountContext);
  if (account === undefined) {
    throw new Error('useAccount is only for pages inside the shell');
  }
  return account;
}

/** The person's membership in a tenant, if there is one. */
export function membershipIn(account: Account, tenantId: string | undefined): Membership | undefined {
  return account.memberships?.find((membership) => membership.tenantId === tenantId);
}

/** The zone in which the days and months begin of the tenant of the page's address. */
export function useTenantZone(): string {
  return membershipIn(useAccount(), useTenantId())?.tenantTimeZone || 'UTC';
}

/** Whether an account holds a permission: on the installation for `platform.…`, else in the tenant. */
export function can(account: Account, permission: string, tenantId: string | undefined): boolean {
  if (permission.startsWith('platform.')) {
    return account.platformPermissions?.includes(permission) ?? false;
  }
  return membershipIn(account, tenantId)?.permissions?.includes(permission) ?? false;
}

/**
 * Whether the signed-in person may do something in the tenant of the page.
 *
 * For showing and hiding only: the platform decides each call by itself.
 */
export function useCan(permission: string): boolean {
  const account = useAccount();
  const { tenantId } = useParams({ strict: false });
  return can(account, permission, tenantId);
}
