import { useQueryClient } from '@tanstack/react-query';
import { type Deployment, deploymentsQuery } from '@/features/deployments/api/deployments';
import type { Schema } from '@/lib/api/schema';
import type { FollowState } from '@/lib/sse/follow';
import { useFollow } from '@/lib/sse/use-follow';

type Change = Schema<'serving.v1.WatchDeploymentsResponse'>;

/** The list after a change: a deployment as it is now takes its place, one that is gone leaves. */
export function changed(deployments: readonly Deployment[], change: Change): readonly Deployment[] {
  const { deployment, deletedDeploymentId } = change;
  if (deployment === undefined) {
    return deployments.filter(({ deploymentId }) => deploymentId !== deletedDeploymentId);
  }
  const known = deployments.some(({ deploymentId }) => deploymentId === deployment.deploymentId);
  return known
    ? deployments.map((one) => (one.deploymentId === deployment.deploymentId ? deployment : one))
    : [...deployments, deployment].sort((one, other) => (one.model ?? '').localeCompare(other.model ?? ''));
}

/** Keeps the list of deployments as the platform tells it, as long as the page is shown. */
export function useLiveDeployments(): FollowState {
  const queryClient = useQueryClient();
  const { state } = useFollow('/api/v1/deployments:watch', (event) => {
    const change = JSON.parse(event.data) as Change;
    queryClient.setQueryData(deploymentsQuery.queryKey, (old) => (old === undefined ? old : changed(old, change)));
    return true;
  });
  return state;
}
