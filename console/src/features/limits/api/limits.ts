import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import { answerOf, api } from '@/lib/api/client';
import { useRequestId } from '@/lib/api/request-id';
import type { Schema } from '@/lib/api/schema';

export type Limit = Schema<'quota.v1.Limit'>;

export const LIMIT_KINDS = [
  'LIMIT_KIND_REQUESTS_PER_MINUTE',
  'LIMIT_KIND_TOKENS_PER_MINUTE',
  'LIMIT_KIND_CONCURRENT_REQUESTS',
  'LIMIT_KIND_TOKENS_PER_DAY',
  'LIMIT_KIND_TOKENS_PER_MONTH',
  'LIMIT_KIND_BUDGET_PER_DAY',
  'LIMIT_KIND_BUDGET_PER_MONTH',
] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** Budgets are money, the others are counts. */
export function isBudget(kind: string | undefined): boolean {
  return kind === 'LIMIT_KIND_BUDGET_PER_DAY' || kind === 'LIMIT_KIND_BUDGET_PER_MONTH';
}

/** What a limit is on: a tenant, one of its projects, or one of a project's keys or agents. */
export interface Subject {
  readonly tenantId: string;
  readonly projectId?: string;
  readonly keyId?: string;
  readonly agentId?: string;
}

const PACE_MS = 10_000;

/** All limits of a tenant with what is used of each; asked again at a pace, since use changes by itself. */
export function limitsQuery(tenantId: string) {
  return queryOptions({
    queryKey: ['limits', tenantId],
    queryFn: ({ signal }) =>
      allPages(async (pageToken) => {
        const answer = await answerOf(
          api.GET('/api/v1/tenants/{tenantId}/limits', {
            params: { path: { tenantId }, query: { pageSize: LARGEST_PAGE, pageToken } },
            signal,
          }),
        );
        return { rows: answer.limits ?? [], nextPageToken: answer.nextPageToken };
      }),
    refetchInterval: PACE_MS,
  });
}

function useRefreshed(tenantId: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['limits', tenantId] });
}

export interface NewLimit {
  readonly kind: LimitKind;
  /** By name; several share the limit, none stands for all together. */
  readonly models: readonly string[];
  /** Requests, tokens or micro-KRW. */
  readonly value: string;
  readonly enforcement: Enforcement;
}

export type Enforcement = 'LIMIT_ENFORCEMENT_ENFORCED' | 'LIMIT_ENFORCEMENT_SHADOW';

/** The models that a limit is on, by name; none where it is on all together. */
export function modelsOf(limit: Limit): readonly string[] {
  return limit.model ? [limit.model] : (limit.models ?? []);
}

/** Whether a limit refuses nothing and only counts what it would have refused. */
export function isShadow(limit: Limit): boolean {
  return limit.enforcement === 'LIMIT_ENFORCEMENT_SHADOW';
}

export function enforcementOf(shadow: boolean): Enforcement {
  return shadow ? 'LIMIT_ENFORCEMENT_SHADOW' : 'LIMIT_ENFORCEMENT_ENFORCED';
}

export function useCreateLimit({ tenantId, ...subject }: Subject) {
  const onSuccess = useRefreshed(tenantId);
  const requestIdFor = useRequestId();
  return useMutation({
    mutationFn: (limit: NewLimit) => {
      const body = { ...subject, ...limit, models: [...limit.models] };
      const query = { requestId: requestIdFor(body) };
      return answerOf(api.POST('/api/v1/tenants/{tenantId}/limits', { params: { path: { tenantId }, query }, body }));
    },
    onSuccess,
  });
}

/** Changes how much a limit allows, and whether it refuses anything; in force for the next request. */
export function useChangeLimit(tenantId: string, limitId: string) {
  const onSuccess = useRefreshed(tenantId);
  return useMutation({
    mutationFn: (body: Pick<NewLimit, 'value' | 'enforcement'>) =>
      answerOf(
        api.PATCH('/api/v1/tenants/{tenantId}/limits/{limitId}', {
          params: { path: { tenantId, limitId } },
          body,
        }),
      ),
    onSuccess,
  });
}

export interface NewRaise {
  /** Requests, tokens or micro-KRW. */
  readonly value: string;
  /** RFC 3339. */
  readonly until: string;
  readonly reason: string;
}

/** Lets a limit be higher for a time. */
export function useRaiseLimit(tenantId: string, limitId: string) {
  const onSuccess = useRefreshed(tenantId);
  return useMutation({
    mutationFn: (body: NewRaise) =>
      answerOf(
        api.POST('/api/v1/tenants/{tenantId}/limits/{limitId}:raise', {
          params: { path: { tenantId, limitId } },
          body,
        }),
      ),
    onSuccess,
  });
}

/** Ends a raise before its time. */
export function useLowerLimit(tenantId: string) {
  const onSuccess = useRefreshed(tenantId);
  return useMutation({
    mutationFn: (limitId: string) =>
      answerOf(
        api.POST('/api/v1/tenants/{tenantId}/limits/{limitId}:lower', {
          params: { path: { tenantId, limitId } },
          body: {},
        }),
      ),
    onSuccess,
  });
}

/** Whether a limit's raise holds now. */
export function isRaised(limit: Limit): boolean {
  return limit.raise?.until !== undefined && new Date(limit.raise.until) > new Date();
}

export function useDeleteLimit(tenantId: string) {
  const onSuccess = useRefreshed(tenantId);
  return useMutation({
    mutationFn: (limitId: string) =>
      answerOf(api.DELETE('/api/v1/tenants/{tenantId}/limits/{limitId}', { params: { path: { tenantId, limitId } } })),
    onSuccess,
  });
}
