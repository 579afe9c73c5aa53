import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AgentScope } from '@/features/agents/api/agents';
import { allPages, LARGEST_PAGE } from '@/lib/api/all-pages';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';

export type Release = Schema<'agents.v1.Release'>;
export type AgentDeployment = Schema<'agents.v1.AgentDeployment'>;

/** The releases of an agent, newest first. */
export function releasesQuery(scope: AgentScope) {
  return queryOptions({
    queryKey: ['agent-releases', scope],
    queryFn: ({ signal }) =>
      allPages(async (pageToken) => {
        const answer = await answerOf(
          api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}/releases', {
            params: { path: scope, query: { pageSize: LARGEST_PAGE, pageToken } },
            signal,
          }),
        );
        return { rows: answer.releases ?? [], nextPageToken: answer.nextPageToken };
      }),
  });
}

/** To which releases the agent's calls went, newest first. */
export function agentDeploymentsQuery(scope: AgentScope) {
  return queryOptions({
    queryKey: ['agent-deployments', scope],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}/deployments', {
          params: { path: scope, query: { pageSize: 20 } },
          signal,
        }),
      );
      return answer.deployments ?? [];
    },
  });
}

function useRefreshed(scope: AgentScope) {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      ['agent', 'agent-releases', 'agent-deployments'].map((name) =>
        queryClient.invalidateQueries({ queryKey: [name, scope] }),
      ),
    );
}

/** Makes a release of a specification; the same content gives the same release. */
export function useCreateRelease(scope: AgentScope) {
  const onSuccess = useRefreshed(scope);
  return useMutation({
    mutationFn: (body: { specification: string; note: string }) =>
      answerOf(
        api.POST('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}/releases', {
          params: { path: scope },
          body,
        }),
      ),
    onSuccess,
  });
}

/** Points the agent's calls at a release; runs under way finish on theirs. */
export function useDeployRelease(scope: AgentScope) {
  const onSuccess = useRefreshed(scope);
  return useMutation({
    mutationFn: (releaseId: string) =>
      answerOf(
        api.POST('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}:deploy', {
          params: { path: scope },
          body: { releaseId },
        }),
      ),
    onSuccess,
  });
}

/** Points the agent's calls back at the release before. */
export function useRollback(scope: AgentScope) {
  const onSuccess = useRefreshed(scope);
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}:rollback', {
          params: { path: scope },
          body: {},
        }),
      ),
    onSuccess,
  });
}
