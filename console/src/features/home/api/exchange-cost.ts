import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';

const TRIES = 6;
const PAUSE_MS = 800;

/** What a call cost; its record reaches the ledger a moment after the answer, so a missing one is asked for again. */
export function exchangeCostQuery(tenantId: string, requestId: string) {
  return queryOptions({
    queryKey: ['usage-record', tenantId, requestId, 'cost'],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/usage-records/{requestId}', {
          params: { path: { tenantId, requestId } },
          signal,
        }),
      );
      return answer.usageRecord?.amountMicros ?? '0';
    },
    retry: (failures, error) => failures < TRIES && (asProblem(error).missing || asProblem(error).passing),
    retryDelay: PAUSE_MS,
    staleTime: Infinity,
  });
}
