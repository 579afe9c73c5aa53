import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useRequestId } from '@/lib/api/request-id';
import { changes, type Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';
import type { ProjectScope } from '@/lib/session/scope';

export type Agent = Schema<'agents.v1.Agent'>;
export type Draft = Schema<'agents.v1.Draft'>;

/** An agent of a project. */
export interface AgentScope extends ProjectScope {
  readonly agentId: string;
}

function agentsKey(scope: ProjectScope) {
  return ['agents', scope.tenantId, scope.projectId] as const;
}

/** The agents of a project, by name. */
export function useAgents(scope: ProjectScope): Listing<Agent> {
  return useListing({
    queryKey: agentsKey(scope),
    page: async (pageToken, signal) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/agents', {
          params: { path: scope, query: { pageToken } },
          signal,
        }),
      );
      return { rows: answer.agents ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

export function agentQuery(scope: AgentScope) {
  return queryOptions({
    queryKey: ['agent', scope],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}', {
          params: { path: scope },
          signal,
        }),
      );
      return answer.agent ?? {};
    },
  });
}

/** The working copy of an agent; null where none was stored yet. */
export function draftQuery(scope: AgentScope) {
  return queryOptions({
    queryKey: ['agent-draft', scope],
    queryFn: async ({ signal }): Promise<Draft | null> => {
      try {
        const answer = await answerOf(
          api.GET('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}/draft', {
            params: { path: scope },
            signal,
          }),
        );
        return answer.draft ?? null;
      } catch (error) {
        if (asProblem(error).missing) {
          return null;
        }
        throw error;
      }
    },
  });
}

export function useCreateAgent(scope: ProjectScope) {
  const queryClient = useQueryClient();
  const requestIdFor = useRequestId();
  return useMutation({
    mutationFn: (body: { name: string; description: string }) => {
      const query = { requestId: requestIdFor(body) };
      return answerOf(
        api.POST('/api/v1/tenants/{tenantId}/projects/{projectId}/agents', { params: { path: scope, query }, body }),
      );
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: agentsKey(scope) }),
  });
}

export function useDescribeAgent(scope: AgentScope) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (description: string) =>
      answerOf(
        api.PATCH('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}', {
          params: { path: scope },
          body: changes<'agents.v1.Agent'>({ description }),
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: agentQuery(scope).queryKey }),
  });
}

/** Deletes an agent: it can no longer be called; its runs stay readable. */
export function useDeleteAgent(scope: AgentScope) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.DELETE('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}', { params: { path: scope } }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: agentsKey(scope) }),
  });
}

/** Stores the working copy; every mistake in it is told with its place. */
export function useSetDraft(scope: AgentScope) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (specification: string) =>
      answerOf(
        api.PUT('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}/draft', {
          params: { path: scope },
          body: { specification },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: draftQuery(scope).queryKey }),
  });
}
