import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import { useRequestId } from '@/lib/api/request-id';
import { changes, type Schema } from '@/lib/api/schema';

export type Deployment = Schema<'serving.v1.Deployment'>;
export type Replica = Schema<'serving.v1.Replica'>;
export type EngineProfile = Schema<'serving.v1.EngineProfile'>;

/** What a deployment or a replica is doing, as the platform names it. */
export const STATES = [
  'OBSERVED_STATE_STOPPED',
  'OBSERVED_STATE_STARTING',
  'OBSERVED_STATE_READY',
  'OBSERVED_STATE_UNHEALTHY',
  'OBSERVED_STATE_STOPPING',
  'OBSERVED_STATE_BACKING_OFF',
] as const;
export type ObservedState = (typeof STATES)[number];

/** Deployments by model, as they were when asked; `use-live-deployments` keeps them as they are. */
export const deploymentsQuery = queryOptions({
  queryKey: ['deployments'],
  queryFn: ({ signal }) =>
    allPages(async (pageToken) => {
      const answer = await answerOf(
        api.GET('/api/v1/deployments', { params: { query: { pageSize: LARGEST_PAGE, pageToken } }, signal }),
      );
      return { rows: answer.deployments ?? [], nextPageToken: answer.nextPageToken };
    }),
});

/** The engines that a deployment may name. */
export const engineProfilesQuery = queryOptions({
  queryKey: ['engine-profiles'],
  queryFn: ({ signal }) =>
    allPages(async (pageToken) => {
      const answer = await answerOf(
        api.GET('/api/v1/engine-profiles', { params: { query: { pageSize: LARGEST_PAGE, pageToken } }, signal }),
      );
      return { rows: answer.engineProfiles ?? [], nextPageToken: answer.nextPageToken };
    }),
});

function useRefreshed() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: deploymentsQuery.queryKey });
}

/** Engines as processes of this machine, or engines that run elsewhere. */
export type NewDeployment = {
  readonly model: string;
  readonly engineProfile: string;
  readonly replicas: number;
} & (
  | { readonly process: { modelPath: string; threads: number; contextTokens: number } }
  | { readonly external: { urls: string[]; engineModel: string; concurrentRequests: number; engineKey?: string } }
);

export function useCreateDeployment() {
  const onSuccess = useRefreshed();
  const requestIdFor = useRequestId();
  return useMutation({
    mutationFn: (body: NewDeployment) =>
      answerOf(api.POST('/api/v1/deployments', { params: { query: { requestId: requestIdFor(body) } }, body })),
    // The engines' key must not stay in memory after it was sent.
    gcTime: 0,
    onSuccess,
  });
}

/** What can be done to a deployment by one click. */
export function useDeploymentSteps(deploymentId: string) {
  const onSuccess = useRefreshed();
  const path = { deploymentId };
  const start = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/deployments/{deploymentId}:start', { params: { path }, body: {} })),
    onSuccess,
  });
  const stop = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/deployments/{deploymentId}:stop', { params: { path }, body: {} })),
    onSuccess,
  });
  const scale = useMutation({
    mutationFn: (replicas: number) =>
      answerOf(
        api.PATCH('/api/v1/deployments/{deploymentId}', {
          params: { path },
          body: changes<'serving.v1.Deployment'>({ replicas }),
        }),
      ),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/deployments/{deploymentId}', { params: { path } })),
    onSuccess,
  });
  return { start, stop, scale, remove };
}
