import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useRequestId } from '@/lib/api/request-id';
import { changes } from '@/lib/api/schema';
import type { Listing } from '@/lib/api/use-listing';
import { type Project, projectsQuery } from '@/lib/queries/projects';

/** All projects of a tenant; the same list that the bar's picker shows. */
export function useProjects(tenantId: string): Listing<Project> {
  const query = useQuery(projectsQuery(tenantId));
  return {
    rows: query.data,
    problem: query.error === null ? undefined : asProblem(query.error),
    retry: () => void query.refetch(),
    more: undefined,
    loadingMore: false,
  };
}

function useRefreshed(tenantId: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: projectsQuery(tenantId).queryKey });
}

export interface NewProject {
  readonly name: string;
  readonly displayName: string;
}

export function useCreateProject(tenantId: string) {
  const onSuccess = useRefreshed(tenantId);
  const requestIdFor = useRequestId();
  return useMutation({
    mutationFn: (body: NewProject) => {
      const query = { requestId: requestIdFor(body) };
      return answerOf(api.POST('/api/v1/tenants/{tenantId}/projects', { params: { path: { tenantId }, query }, body }));
    },
    onSuccess,
  });
}

export function useRenameProject(tenantId: string, projectId: string) {
  const onSuccess = useRefreshed(tenantId);
  return useMutation({
    mutationFn: (displayName: string) =>
      answerOf(
        api.PATCH('/api/v1/tenants/{tenantId}/projects/{projectId}', {
          params: { path: { tenantId, projectId } },
          body: changes<'identity.v1.Project'>({ displayName }),
        }),
      ),
    onSuccess,
  });
}

/** Deletes a project: its keys are revoked and its secrets destroyed; its usage stays. */
export function useDeleteProject(tenantId: string) {
  const onSuccess = useRefreshed(tenantId);
  return useMutation({
    mutationFn: (projectId: string) =>
      answerOf(
        api.DELETE('/api/v1/tenants/{tenantId}/projects/{projectId}', { params: { path: { tenantId, projectId } } }),
      ),
    onSuccess,
  });
}
