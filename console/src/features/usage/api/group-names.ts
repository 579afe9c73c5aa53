import { useQueries, useQuery } from '@tanstack/react-query';
import type { Dimension } from '@/features/usage/api/query-usage';
import { projectAgentsQuery } from '@/lib/queries/agents';
import { projectKeysQuery } from '@/lib/queries/keys';
import { projectsQuery } from '@/lib/queries/projects';

type Names = ReadonlyMap<string, string>;

/**
 * Names of what usage is grouped by, by id; models and outcomes are their own names.
 *
 * Names that the person may not read are left out: the id is shown instead.
 */
export function useGroupNames(tenantId: string, dimension: Dimension): Names {
  const { data: projects = [] } = useQuery(projectsQuery(tenantId));
  const scopes = projects.map(({ projectId = '' }) => ({ tenantId, projectId }));
  const keys = useQueries({
    queries: scopes.map((scope) => ({ ...projectKeysQuery(scope), enabled: dimension === 'KEY' })),
  });
  const agents = useQueries({
    queries: scopes.map((scope) => ({ ...projectAgentsQuery(scope), enabled: dimension === 'AGENT' })),
  });
  switch (dimension) {
    case 'PROJECT':
      return new Map(projects.map((project) => [project.projectId ?? '', project.displayName || project.name || '']));
    case 'KEY':
      return new Map(
        keys.flatMap(({ data = [] }) => data.map((key) => [key.keyId ?? '', key.displayName || key.prefix || ''])),
      );
    case 'AGENT':
      return new Map(agents.flatMap(({ data = [] }) => data.map((agent) => [agent.agentId ?? '', agent.name ?? ''])));
    case 'MODEL':
    case 'OUTCOME':
      return new Map();
  }
}
