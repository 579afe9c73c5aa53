import { idOf } from '@/testing/ids';
import { type PlatformState, replaced } from '@/testing/platform-state';
import { refusal, type Routes } from '@/testing/routes';

const PROJECT = '/api/v1/tenants/{tenantId}/projects/{projectId}';
const NOW = () => new Date().toISOString();

/** Projects with their keys and secrets. */
export function projectRoutes(state: PlatformState): Routes {
  return {
    'GET /api/v1/tenants/{tenantId}/projects': ({ path }) => ({
      projects: state.projects.filter(({ tenantId }) => tenantId === path['tenantId']),
    }),
    'POST /api/v1/tenants/{tenantId}/projects': ({ path, body }) => {
      if (state.projects.some(({ name }) => name === body['name'])) {
        throw refusal(409, 'PROJECT_NAME_TAKEN', 'The tenant has a project of this name.');
      }
      const projectId = idOf('prj', 100 + state.projects.length);
      const project = { ...body, tenantId: path['tenantId'] ?? '', projectId, createTime: NOW() };
      state.projects = [...state.projects, project];
      return { project };
    },
    [`PATCH ${PROJECT}`]: ({ path, body }) => {
      state.projects = replaced(state.projects, ({ projectId }) => projectId === path['projectId'], body);
      return {};
    },
    [`DELETE ${PROJECT}`]: ({ path }) => {
      state.projects = state.projects.filter(({ projectId }) => projectId !== path['projectId']);
      return {};
    },
    ...keyRoutes(state),
    ...secretRoutes(state),
  };
}

function keyRoutes(state: PlatformState): Routes {
  return {
    [`GET ${PROJECT}/api-keys`]: ({ path }) => ({
      apiKeys: state.keys.filter(({ projectId }) => projectId === path['projectId']),
    }),
    [`POST ${PROJECT}/api-keys`]: ({ path, body }) => {
      const keyId = idOf('key', 100 + state.keys.length);
      const apiKey = {
        ...body,
        keyId,
        tenantId: path['tenantId'] ?? '',
        projectId: path['projectId'] ?? '',
        state: 'KEY_STATE_ACTIVE' as const,
        prefix: 'exk_01k9zq…',
        createTime: NOW(),
      };
      state.keys = [apiKey, ...state.keys];
      return { apiKey, secret: 'exk_01k9zq3b7m0000000000000034_Vh8sT0qLr2mX9cJ4wYd6Kb1nPf3Zg7uAe5oRiQtSxCk_9f2c71ab' };
    },
    [`POST ${PROJECT}/api-keys/{keyId}:revoke`]: ({ path }) => {
      const revoked = { state: 'KEY_STATE_REVOKED' as const, revokeTime: NOW() };
      state.keys = replaced(state.keys, ({ keyId }) => keyId === path['keyId'], revoked);
      return { unconfirmedGateways: [] };
    },
  };
}

function secretRoutes(state: PlatformState): Routes {
  return {
    [`GET ${PROJECT}/secrets`]: () => ({ secrets: state.secrets }),
    [`PUT ${PROJECT}/secrets/{name}`]: ({ path }) => {
      const secret = { name: path['name'] ?? '', createTime: NOW(), updateTime: NOW() };
      state.secrets = [...state.secrets.filter(({ name }) => name !== secret.name), secret];
      return { secret };
    },
    [`DELETE ${PROJECT}/secrets/{name}`]: ({ path }) => {
      state.secrets = state.secrets.filter(({ name }) => name !== path['name']);
      return {};
    },
  };
}
