import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import type { Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';
import { microKrw } from '@/lib/format/money';
import type { ProjectScope } from '@/lib/session/scope';

export type Run = Schema<'agents.v1.Run'>;

export const RUN_STATES = [
  'RUN_STATE_QUEUED',
  'RUN_STATE_RUNNING',
  'RUN_STATE_COMPLETED',
  'RUN_STATE_FAILED',
  'RUN_STATE_CANCELLED',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Whether a run can still go on. */
export function isOpen(state: string | undefined): boolean {
  return state === 'RUN_STATE_QUEUED' || state === 'RUN_STATE_RUNNING';
}

export interface RunFilter {
  readonly agentId: string | undefined;
  readonly state: RunState | undefined;
}

const PACE_MS = 5_000;

/** The runs of a project, newest first; asked again at a pace, since they change by themselves. */
export function useRuns(scope: ProjectScope, filter: RunFilter): Listing<Run> {
  const query = {
    ...(filter.agentId === undefined ? {} : { agentId: filter.agentId }),
    ...(filter.state === undefined ? {} : { state: filter.state }),
  };
  return useListing({
    queryKey: ['runs', scope.tenantId, scope.projectId, query],
    everyMs: PACE_MS,
    page: async (pageToken, signal) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/runs', {
          params: { path: scope, query: { ...query, pageToken } },
          signal,
        }),
      );
      return { rows: answer.runs ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

export interface RunScope extends ProjectScope {
  readonly runId: string;
}

export function runQuery(scope: RunScope) {
  return queryOptions({
    queryKey: ['run', scope],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/runs/{runId}', { params: { path: scope }, signal }),
      );
      return answer.run ?? {};
    },
  });
}

/** What a run's model calls cost so far, from the usage ledger. */
export function runCostQuery(scope: RunScope, steps: number) {
  return queryOptions({
    queryKey: ['run-cost', scope, steps],
    queryFn: async ({ signal }) => {
      const records = await allPages(async (pageToken) => {
        const answer = await answerOf(
          api.GET('/api/v1/tenants/{tenantId}/usage-records', {
            params: {
              path: { tenantId: scope.tenantId },
              query: { runId: scope.runId, pageSize: LARGEST_PAGE, pageToken },
            },
            signal,
          }),
        );
        return { rows: answer.usageRecords ?? [], nextPageToken: answer.nextPageToken };
      });
      return records.reduce((sum, record) => sum + microKrw(record.amountMicros), 0n).toString();
    },
  });
}

/** Asks a run to stop; it stops before its next step. */
export function useCancelRun(scope: RunScope) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/tenants/{tenantId}/projects/{projectId}/runs/{runId}:cancel', {
          params: { path: scope },
          body: {},
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: runQuery(scope).queryKey }),
  });
}
