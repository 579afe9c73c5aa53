import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';

export type AuditEvent = Schema<'identity.v1.AuditEvent'>;

export interface AuditFilter {
  /** The beginning of an act's name, for example `apikey.`; empty for all. */
  readonly actionPrefix: string;
  /** What was acted on; empty for all. */
  readonly target: string;
}

/** The audit events of a tenant, newest first. */
export function useAuditEvents(tenantId: string, filter: AuditFilter): Listing<AuditEvent> {
  return useListing({
    queryKey: ['audit', tenantId, filter],
    page: async (pageToken, signal) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/audit-events', {
          params: { path: { tenantId }, query: { ...filter, pageToken } },
          signal,
        }),
      );
      return { rows: answer.auditEvents ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

/** The installation's own audit events, newest first. */
export function usePlatformAuditEvents(): Listing<AuditEvent> {
  return useListing({
    queryKey: ['audit', 'platform'],
    page: async (pageToken, signal) => {
      const answer = await answerOf(api.GET('/api/v1/audit-events', { params: { query: { pageToken } }, signal }));
      return { rows: answer.auditEvents ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}
