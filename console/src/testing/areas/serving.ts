import { idOf } from '@/testing/ids';
import { type PlatformState, replaced } from '@/testing/platform-state';
import { eventStream, type Routes } from '@/testing/routes';

/** Models, deployments, and the console's chat. */
export function servingRoutes(state: PlatformState): Routes {
  return { ...modelRoutes(state), ...deploymentRoutes(state), ...chatRoutes(state) };
}

function modelRoutes(state: PlatformState): Routes {
  return {
    'GET /api/v1/models': () => ({ models: state.models }),
    'POST /api/v1/models': ({ body }) => {
      const model = { ...body, modelId: idOf('mdl', 100 + state.models.length), builtIn: false };
      state.models = [...state.models, model];
      return { model };
    },
    'PATCH /api/v1/models/{modelId}': ({ path, body }) => {
      state.models = replaced(state.models, ({ modelId }) => modelId === path['modelId'], body);
      return {};
    },
    'DELETE /api/v1/models/{modelId}': ({ path }) => {
      state.models = state.models.filter(({ modelId }) => modelId !== path['modelId']);
      return {};
    },
    'GET /api/v1/tenants/{tenantId}/models': () => ({
      models: state.models.map((model) => ({
        ...model,
        ready: state.deployments.some(
          (one) => one.model === model.name && one.observedState === 'OBSERVED_STATE_READY',
        ),
      })),
    }),
  };
}

function deploymentRoutes(state: PlatformState): Routes {
  const set = (deploymentId: string | undefined, change: Partial<PlatformState['deployments'][number]>) => {
    state.deployments = replaced(state.deployments, (one) => one.deploymentId === deploymentId, change);
    return {};
  };
  return {
    'GET /api/v1/deployments': () => ({ deployments: state.deployments }),
    'GET /api/v1/engine-profiles': () => ({
      engineProfiles: [
        { name: 'vllm', displayName: 'vLLM', launchable: false, toolCalls: true },
        { name: 'llama-cpp', displayName: 'llama.cpp', launchable: true, toolCalls: false },
      ],
    }),
    'POST /api/v1/deployments': ({ body }) => {
      const deployment = {
        ...body,
        deploymentId: idOf('dep', 100 + state.deployments.length),
        desiredState: 'DESIRED_STATE_RUNNING' as const,
        observedState: 'OBSERVED_STATE_STARTING' as const,
        replicaStates: [],
      };
      state.deployments = [...state.deployments, deployment];
      return { deployment };
    },
    'PATCH /api/v1/deployments/{deploymentId}': ({ path, body }) => set(path['deploymentId'], body),
    'POST /api/v1/deployments/{deploymentId}:start': ({ path }) =>
      set(path['deploymentId'], {
        desiredState: 'DESIRED_STATE_RUNNING',
        observedState: 'OBSERVED_STATE_STARTING',
      }),
    'POST /api/v1/deployments/{deploymentId}:stop': ({ path }) =>
      set(path['deploymentId'], {
        desiredState: 'DESIRED_STATE_STOPPED',
        observedState: 'OBSERVED_STATE_STOPPED',
        replicaStates: [],
      }),
    'DELETE /api/v1/deployments/{deploymentId}': ({ path }) => {
      state.deployments = state.deployments.filter(({ deploymentId }) => deploymentId !== path['deploymentId']);
      return {};
    },
    // Everything once, then silence as long as the page is shown.
    'GET /api/v1/deployments:watch': () => {
      const events = state.deployments.map(
        (deployment, index) =>
          `event: deployment\nid: ${String(index + 1)}\ndata: ${JSON.stringify({ sequence: String(index + 1), deployment })}\n\n`,
      );
      return eventStream([...events, ...Array.from({ length: 600 }, () => ': still here\n\n')], 200);
    },
  };
}

const ANSWER = `물론입니다. 회문은 앞뒤로 읽어도 같은 문자열입니다.

\`\`\`python
def is_palindrome(text: str) -> bool:
    letters = [c.lower() for c in text if c.isalnum()]
    return letters == letters[::-1]
\`\`\`

- 글자와 숫자만 남기고 **소문자로** 바꿉니다.
- 뒤집은 목록과 비교합니다.`;

function chatRoutes(state: PlatformState): Routes {
  return {
    'POST /api/v1/tenants/{tenantId}/projects/{projectId}/inference/v1/chat/completions': () => {
      const pieces = ANSWER.match(/[\s\S]{1,6}/g) ?? [];
      const deltas = pieces.map((content) => ({ choices: [{ delta: { content } }] }));
      const usage = { choices: [], usage: { prompt_tokens: 31, completion_tokens: 96 } };
      const events = [...deltas, usage].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
      const response = eventStream([...events, 'data: [DONE]\n\n'], state.pauseMs);
      response.headers.set('x-request-id', state.usageRecords[0]?.requestId ?? '');
      return response;
    },
  };
}
