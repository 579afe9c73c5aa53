import { useParams } from '@tanstack/react-router';

/** The project that a page is about. */
export interface ProjectScope {
  readonly tenantId: string;
  readonly projectId: string;
}

/** The tenant of the page's address. */
export function useTenantId(): string {
  const { tenantId } = useParams({ strict: false });
  if (tenantId === undefined) {
    throw new Error('The route of this page names no tenant');
  }
  return tenantId;
}

/** The tenant and project of the page's address. */
export function useProjectScope(): ProjectScope {
  const { tenantId, projectId } = useParams({ strict: false });
  if (tenantId === undefined || projectId === undefined) {
    throw new Error('The route of this page names no project');
  }
  return { tenantId, projectId };
}
