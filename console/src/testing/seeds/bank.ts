import type { PlatformState } from '@/testing/platform-state';
import { agents } from '@/testing/seeds/agents';
import { keysAndLimits } from '@/testing/seeds/keys';
import { people } from '@/testing/seeds/people';
import { serving } from '@/testing/seeds/serving';
import { statements } from '@/testing/seeds/statements';
import { usage } from '@/testing/seeds/usage';

/** An installation with some life in it. */
export function bank(): PlatformState {
  return { ...people(), ...keysAndLimits(), ...usage(), ...statements(), ...serving(), ...agents(), pauseMs: 0 };
}

/** An installation right after its first start: one tenant, one project, the small model. */
export function freshInstallation(): PlatformState {
  const state = bank();
  const demo = state.account.memberships?.[2];
  return {
    ...state,
    account: { ...state.account, displayName: 'Administrator', memberships: demo === undefined ? [] : [demo] },
    tenants: state.tenants.slice(2, 3),
    members: state.members.slice(0, 1),
    invitations: [],
    projects: state.projects.slice(0, 1).map((project) => ({
      ...project,
      tenantId: demo?.tenantId,
      name: 'default',
      displayName: 'Default',
    })),
    keys: [],
    secrets: [],
    limits: [],
    statements: [],
    usageRecords: [],
    auditEvents: [],
    models: state.models.slice(2, 3),
    deployments: state.deployments
      .slice(0, 1)
      .map((deployment) => ({ ...deployment, model: state.models[2]?.name, replicaStates: [] })),
    agents: [],
    runs: [],
  };
}
