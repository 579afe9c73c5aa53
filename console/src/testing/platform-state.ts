import type { Schema } from '@/lib/api/schema';

/** What the in-memory platform knows; rows are replaced, never changed in place. */
export interface PlatformState {
  account: Schema<'identity.v1.Account'>;
  tenants: Schema<'identity.v1.Tenant'>[];
  members: Schema<'identity.v1.Member'>[];
  invitations: Schema<'identity.v1.Invitation'>[];
  projects: Schema<'identity.v1.Project'>[];
  keys: Schema<'identity.v1.ApiKey'>[];
  secrets: Schema<'identity.v1.Secret'>[];
  auditEvents: Schema<'identity.v1.AuditEvent'>[];
  limits: Schema<'quota.v1.Limit'>[];
  prices: Schema<'quota.v1.Price'>[];
  statements: Schema<'quota.v1.Statement'>[];
  usageRecords: Schema<'quota.v1.UsageRecord'>[];
  models: Schema<'serving.v1.Model'>[];
  deployments: Schema<'serving.v1.Deployment'>[];
  agents: Schema<'agents.v1.Agent'>[];
  drafts: Schema<'agents.v1.Draft'>[];
  releases: Schema<'agents.v1.Release'>[];
  agentDeployments: (Schema<'agents.v1.AgentDeployment'> & { readonly agentId: string })[];
  runs: Schema<'agents.v1.Run'>[];
  runEvents: Record<string, readonly Schema<'agents.v1.RunEvent'>[]>;
  /** Pause between the events of a stream. */
  pauseMs: number;
}

/** A row with some fields replaced; the others as they were. */
export function replaced<T>(rows: readonly T[], matches: (row: T) => boolean, change: Partial<T>): T[] {
  return rows.map((row) => (matches(row) ? { ...row, ...change } : row));
}
