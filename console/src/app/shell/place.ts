import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { projectsQuery } from '@/lib/queries/projects';
import { type Account, membershipIn } from '@/lib/session/account';

const TENANT = 'exaone.tenant';
const PROJECT = 'exaone.project.';

/** The tenant and project that the navigation is about. */
export interface Place {
  readonly tenantId: string | undefined;
  readonly projectId: string | undefined;
}

/** The tenant to begin with: the last one visited if it is still open to the person, else the first. */
export function startTenant(account: Account): string | undefined {
  const last = localStorage.getItem(TENANT) ?? undefined;
  if (membershipIn(account, last) !== undefined) {
    return last;
  }
  return account.memberships?.[0]?.tenantId;
}

/** The project last visited in a tenant. */
export function lastProject(tenantId: string): string | undefined {
  return localStorage.getItem(PROJECT + tenantId) ?? undefined;
}

/**
 * Where the page is; where its address names no tenant or project (as on the platform's pages), the last ones
 * visited, so that the navigation stays as it was.
 */
export function usePlace(account: Account): Place {
  const params = useParams({ strict: false });
  const tenantId = params.tenantId ?? startTenant(account);
  const { data: projects } = useQuery({ ...projectsQuery(tenantId ?? ''), enabled: tenantId !== undefined });
  const remembered = tenantId === undefined ? undefined : lastProject(tenantId);
  const last = projects?.find((project) => project.projectId === remembered) ?? projects?.[0];
  const projectId = params.projectId ?? last?.projectId;
  useEffect(() => {
    if (params.tenantId !== undefined) {
      localStorage.setItem(TENANT, params.tenantId);
    }
    if (params.tenantId !== undefined && params.projectId !== undefined) {
      localStorage.setItem(PROJECT + params.tenantId, params.projectId);
    }
  }, [params.tenantId, params.projectId]);
  return { tenantId, projectId };
}
