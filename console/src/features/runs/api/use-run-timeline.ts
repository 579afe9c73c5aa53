import { useQueryClient } from '@tanstack/react-query';
import { useReducer } from 'react';
import { runQuery, type RunScope } from '@/features/runs/api/runs';
import { advanced, EMPTY_TIMELINE, type WatchRunResponse } from '@/features/runs/api/timeline';
import { useFollow } from '@/lib/sse/use-follow';

/** A run's timeline, live until its last event. */
export function useRunTimeline(scope: RunScope) {
  const queryClient = useQueryClient();
  const [timeline, hear] = useReducer(advanced, EMPTY_TIMELINE);
  const { tenantId, projectId, runId } = scope;
  const following = useFollow(`/api/v1/tenants/${tenantId}/projects/${projectId}/runs/${runId}/events`, (event) => {
    const message = JSON.parse(event.data) as WatchRunResponse;
    hear(message);
    const { runCompleted, runFailed, runCancelled } = message.runEvent ?? {};
    const isLast = (runCompleted ?? runFailed ?? runCancelled) !== undefined;
    if (message.runEvent !== undefined) {
      // The run's own row has the state and the sums.
      void queryClient.invalidateQueries({ queryKey: runQuery(scope).queryKey });
    }
    return !isLast;
  });
  return { timeline, ...following };
}
