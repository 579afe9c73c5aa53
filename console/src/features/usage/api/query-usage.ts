import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';
import { intervalFor, type TimeRange } from '@/lib/format/time-range';

export type UsageSum = Schema<'quota.v1.UsageSum'>;

export const DIMENSIONS = ['MODEL', 'PROJECT', 'KEY', 'AGENT', 'OUTCOME'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const INTERVALS = {
  hour: 'USAGE_INTERVAL_HOUR',
  day: 'USAGE_INTERVAL_DAY',
  month: 'USAGE_INTERVAL_MONTH',
} as const;

export interface UsageQuestion {
  readonly tenantId: string;
  readonly range: TimeRange;
  readonly dimension: Dimension;
  /** Only this project's; empty for all. */
  readonly projectId: string;
}

/** A tenant's usage over a range, by group and interval; the last answer stays while the next is asked for. */
export function useUsage({ tenantId, range, dimension, projectId }: UsageQuestion) {
  const query = {
    startTime: range.start.toISOString(),
    endTime: range.end.toISOString(),
    dimension: `USAGE_DIMENSION_${dimension}` as const,
    interval: INTERVALS[intervalFor(range)],
    ...(projectId === '' ? {} : { projectId }),
  };
  return useQuery({
    queryKey: ['usage', tenantId, query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/tenants/{tenantId}/usage:query', { params: { path: { tenantId }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}
