import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';

export type Statement = Schema<'quota.v1.Statement'>;
export type StatementLine = Schema<'quota.v1.StatementLine'>;

/** The months of a tenant that have calls, and the current one; newest first, without lines. */
export function useStatements(tenantId: string): Listing<Statement> {
  return useListing({
    queryKey: ['statements', tenantId],
    page: async (pageToken, signal) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/statements', {
          params: { path: { tenantId }, query: { pageToken } },
          signal,
        }),
      );
      return { rows: answer.statements ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

/** The statement of one month, such as `2026-03`. */
export function statementQuery(tenantId: string, month: string) {
  return queryOptions({
    queryKey: ['statement', tenantId, month],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/statements/{month}', { params: { path: { tenantId, month } }, signal }),
      );
      return answer.statement ?? {};
    },
  });
}

/** Where the platform gives the same lines as a file. */
export function statementFile(tenantId: string, month: string): string {
  return `/api/v1/tenants/${encodeURIComponent(tenantId)}/statements/${encodeURIComponent(month)}/csv`;
}
