import { idOf } from '@/testing/ids';
import { type PlatformState, replaced } from '@/testing/platform-state';
import { type Call, eventStream, refusal, type Routes } from '@/testing/routes';

const AGENTS = '/api/v1/tenants/{tenantId}/projects/{projectId}/agents';
const AGENT = `${AGENTS}/{agentId}`;
const RUNS = '/api/v1/tenants/{tenantId}/projects/{projectId}/runs';
const NOW = () => new Date().toISOString();

/** Agents with their drafts, releases and runs. */
export function agentRoutes(state: PlatformState): Routes {
  return { ...specificationRoutes(state), ...releaseRoutes(state), ...runRoutes(state) };
}

function specificationRoutes(state: PlatformState): Routes {
  return {
    [`GET ${AGENTS}`]: () => ({ agents: state.agents }),
    [`POST ${AGENTS}`]: ({ path, body }) => {
      const scope = { tenantId: path['tenantId'] ?? '', projectId: path['projectId'] ?? '' };
      const agent = {
        ...body,
        ...scope,
        agentId: idOf('agt', 100 + state.agents.length),
        deployedReleaseId: '',
        updateTime: NOW(),
      };
      state.agents = [...state.agents, agent];
      return { agent };
    },
    [`GET ${AGENT}`]: (call) => ({ agent: agentOf(state, call) }),
    [`DELETE ${AGENT}`]: ({ path }) => {
      state.agents = state.agents.filter(({ agentId }) => agentId !== path['agentId']);
      return {};
    },
    [`GET ${AGENT}/draft`]: ({ path }) => {
      const draft = state.drafts.find(({ agentId }) => agentId === path['agentId']);
      if (draft === undefined) {
        throw refusal(404, 'DRAFT_NOT_FOUND', 'The agent has no draft.');
      }
      return { draft };
    },
    [`PUT ${AGENT}/draft`]: ({ path, body }) => {
      const agentId = path['agentId'] ?? '';
      const draft = { agentId, specification: String(body['specification']), updateTime: NOW() };
      state.drafts = [...state.drafts.filter((one) => one.agentId !== agentId), draft];
      return { draft };
    },
  };
}

function agentOf(state: PlatformState, { path }: Call) {
  const agent = state.agents.find(({ agentId }) => agentId === path['agentId']);
  if (agent === undefined) {
    throw refusal(404, 'AGENT_NOT_FOUND', 'There is no such agent.');
  }
  return agent;
}

function releaseRoutes(state: PlatformState): Routes {
  const deploy = (agentId: string, releaseId: string) => {
    const number = state.agentDeployments.length + 1;
    const deployment = { agentId, number, releaseId, deployTime: NOW() };
    state.agentDeployments = [deployment, ...state.agentDeployments];
    state.agents = replaced(state.agents, (agent) => agent.agentId === agentId, { deployedReleaseId: releaseId });
    return { deployment };
  };
  return {
    [`GET ${AGENT}/releases`]: ({ path }) => ({
      releases: state.releases.filter(({ agentId }) => agentId === path['agentId']),
    }),
    [`POST ${AGENT}/releases`]: ({ path, body }) => {
      const agentId = path['agentId'] ?? '';
      const number = state.releases.filter((release) => release.agentId === agentId).length + 1;
      const release = {
        ...body,
        agentId,
        number,
        releaseId: idOf('rel', 100 + state.releases.length),
        digest: '9f2c71ab'.repeat(8),
        createTime: NOW(),
      };
      state.releases = [release, ...state.releases];
      return { release, existed: false };
    },
    [`GET ${AGENT}/deployments`]: ({ path }) => ({
      deployments: state.agentDeployments.filter(({ agentId }) => agentId === path['agentId']),
    }),
    [`POST ${AGENT}:deploy`]: ({ path, body }) => deploy(path['agentId'] ?? '', String(body['releaseId'])),
    [`POST ${AGENT}:rollback`]: ({ path }) => {
      const before = state.agentDeployments.filter(({ agentId }) => agentId === path['agentId'])[1];
      return deploy(path['agentId'] ?? '', before?.releaseId ?? '');
    },
  };
}

function runRoutes(state: PlatformState): Routes {
  return {
    [`GET ${RUNS}`]: ({ query }) => ({
      runs: state.runs.filter(
        (run) =>
          run.agentId === (query.get('agentId') ?? run.agentId) && run.state === (query.get('state') ?? run.state),
      ),
    }),
    [`POST ${AGENT}/runs`]: () => ({ run: state.runs[0] }),
    [`GET ${RUNS}/{runId}`]: ({ path }) => {
      const run = state.runs.find(({ runId }) => runId === path['runId']);
      if (run === undefined) {
        throw refusal(404, 'RUN_NOT_FOUND', 'There is no such run.');
      }
      return { run };
    },
    [`POST ${RUNS}/{runId}:cancel`]: ({ path }) => {
      state.runs = replaced(state.runs, ({ runId }) => runId === path['runId'], { state: 'RUN_STATE_CANCELLED' });
      return {};
    },
    [`GET ${RUNS}/{runId}/events`]: ({ path, request }) => {
      const after = Number(request.headers.get('last-event-id') ?? '0');
      const events = (state.runEvents[path['runId'] ?? ''] ?? []).filter(({ sequence }) => Number(sequence) > after);
      return eventStream(
        events.map((runEvent) => {
          const id = runEvent.sequence ?? '';
          return `event: run_event\nid: ${id}\ndata: ${JSON.stringify({ sequence: id, runEvent })}\n\n`;
        }),
        state.pauseMs,
      );
    },
  };
}
