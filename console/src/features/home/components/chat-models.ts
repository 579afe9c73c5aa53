import type { Schema } from '@/lib/api/schema';
import type { TenantModel } from '@/lib/queries/tenant-models';

/** Something one can talk to: a model, or an agent that is deployed. */
export interface ChatModel {
  readonly name: string;
  readonly label: string;
  readonly ready: boolean;
  readonly builtIn: boolean;
  readonly agent: boolean;
}

/** What can be talked to in a project: the tenant's chat models, then the project's deployed agents. */
export function chatModelsOf(
  models: readonly TenantModel[],
  agents: readonly Schema<'agents.v1.Agent'>[],
): readonly ChatModel[] {
  const chat = models.filter((model) => model.capabilities?.includes('MODEL_CAPABILITY_CHAT'));
  const deployed = agents.filter((agent) => (agent.deployedReleaseId ?? '') !== '');
  return [
    ...chat.map((model) => ({
      name: model.name ?? '',
      label: model.displayName || model.name || '',
      ready: model.ready === true,
      builtIn: model.builtIn === true,
      agent: false,
    })),
    ...deployed.map((agent) => ({
      name: `agent/${agent.name ?? ''}`,
      label: agent.name ?? '',
      ready: true,
      builtIn: false,
      agent: true,
    })),
  ];
}
