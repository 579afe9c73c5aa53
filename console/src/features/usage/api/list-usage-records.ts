import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';
import type { TimeRange } from '@/lib/format/time-range';

export type UsageRecord = Schema<'quota.v1.UsageRecord'>;

export const OUTCOMES = [
  'OUTCOME_COMPLETED',
  'OUTCOME_REFUSED',
  'OUTCOME_CLIENT_CLOSED',
  'OUTCOME_UPSTREAM_FAILED',
  'OUTCOME_INTERRUPTED',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface RecordFilter {
  readonly range: TimeRange;
  readonly projectId: string | undefined;
  readonly model: string | undefined;
  readonly outcome: Outcome | undefined;
}

/** A tenant's calls, newest first, refused ones included. */
export function useUsageRecords(tenantId: string, filter: RecordFilter): Listing<UsageRecord> {
  const query = {
    startTime: filter.range.start.toISOString(),
    endTime: filter.range.end.toISOString(),
    ...(filter.projectId === undefined ? {} : { projectId: filter.projectId }),
    ...(filter.model === undefined ? {} : { model: filter.model }),
    ...(filter.outcome === undefined ? {} : { outcome: filter.outcome }),
  };
  return useListing({
    queryKey: ['usage-records', tenantId, query],
    page: async (pageToken, signal) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/usage-records', {
          params: { path: { tenantId }, query: { ...query, pageToken } },
          signal,
        }),
      );
      return { rows: answer.usageRecords ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

/** One call, by the request id of its answer. */
export function usageRecordQuery(tenantId: string, requestId: string) {
  return queryOptions({
    queryKey: ['usage-record', tenantId, requestId],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/usage-records/{requestId}', {
          params: { path: { tenantId, requestId } },
          signal,
        }),
      );
      return answer.usageRecord ?? {};
    },
  });
}
