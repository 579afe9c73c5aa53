import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { projectAgentsQuery } from '@/lib/queries/agents';
import { projectKeysQuery } from '@/lib/queries/keys';
import { can, useAccount } from '@/lib/session/account';
import type { ProjectScope } from '@/lib/session/scope';

export type StepName = 'tenant' | 'invite' | 'key' | 'limit' | 'agent';

/** A step towards using the platform in earnest, and whether it is done. */
export interface NextStep {
  readonly name: StepName;
  readonly to: string;
  readonly done: boolean;
}

function peopleQuery(tenantId: string) {
  return queryOptions({
    queryKey: ['next-steps', 'people', tenantId],
    queryFn: async ({ signal }) => {
      const [members, invitations] = await Promise.all([
        answerOf(
          api.GET('/api/v1/tenants/{tenantId}/members', {
            params: { path: { tenantId }, query: { pageSize: 2 } },
            signal,
          }),
        ),
        answerOf(
          api.GET('/api/v1/tenants/{tenantId}/invitations', {
            params: { path: { tenantId }, query: { pageSize: 1 } },
            signal,
          }),
        ),
      ]);
      return (members.members?.length ?? 0) + (invitations.invitations?.length ?? 0);
    },
  });
}

function limitsQuery(tenantId: string) {
  return queryOptions({
    queryKey: ['next-steps', 'limits', tenantId],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(
        api.GET('/api/v1/tenants/{tenantId}/limits', {
          params: { path: { tenantId }, query: { pageSize: 1 } },
          signal,
        }),
      );
      return answer.limits?.length ?? 0;
    },
  });
}

/** The steps that this person may take here, in the order in which they make sense. */
export function useNextSteps(scope: ProjectScope): NextStep[] {
  const account = useAccount();
  const { tenantId, projectId } = scope;
  const may = (permission: string) => can(account, permission, tenantId);
  const people = useQuery({ ...peopleQuery(tenantId), enabled: may('member.write') });
  const keys = useQuery({ ...projectKeysQuery(scope), enabled: may('apikey.write') });
  const limits = useQuery({ ...limitsQuery(tenantId), enabled: may('limit.write') });
  const agents = useQuery({ ...projectAgentsQuery(scope), enabled: may('agent.write') });
  const tenant = `/t/${tenantId}`;
  const project = `${tenant}/p/${projectId}`;
  const steps: (NextStep & { readonly permission: string })[] = [
    {
      name: 'tenant',
      to: '/platform/tenants',
      permission: 'platform.tenant.write',
      done: (account.memberships?.length ?? 0) > 1,
    },
    { name: 'invite', to: `${tenant}/members`, permission: 'member.write', done: (people.data ?? 0) > 1 },
    { name: 'key', to: `${project}/keys`, permission: 'apikey.write', done: (keys.data?.length ?? 0) > 0 },
    { name: 'limit', to: `${tenant}/limits`, permission: 'limit.write', done: (limits.data ?? 0) > 0 },
    {
      name: 'agent',
      to: `${project}/agents`,
      permission: 'agent.write',
      done: agents.data?.some((agent) => (agent.deployedReleaseId ?? '') !== '') ?? false,
    },
  ];
  return steps.filter(({ permission }) => may(permission));
}
