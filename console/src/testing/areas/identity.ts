import { idOf } from '@/testing/ids';
import { type PlatformState, replaced } from '@/testing/platform-state';
import { refusal, type Routes } from '@/testing/routes';

const NOW = () => new Date().toISOString();

/** Accounts, tenants and their people. */
export function identityRoutes(state: PlatformState): Routes {
  return { ...accountRoutes(state), ...tenantRoutes(state), ...memberRoutes(state) };
}

function accountRoutes(state: PlatformState): Routes {
  return {
    'GET /api/v1/account': () => ({ account: state.account }),
    'GET /api/v1/installation': () => ({
      installation: { version: '0.1.0', publicUrl: 'https://ai.partner.example', currency: 'KRW' },
    }),
    'GET /api/v1/audit-events': () => ({ auditEvents: state.auditEvents.filter((event) => !event.tenantId) }),
    'GET /api/v1/tenants/{tenantId}/audit-events': ({ query }) => ({
      auditEvents: state.auditEvents.filter(
        (event) => event.tenantId && event.action?.startsWith(query.get('actionPrefix') ?? ''),
      ),
    }),
  };
}

function tenantRoutes(state: PlatformState): Routes {
  return {
    'GET /api/v1/tenants': () => ({ tenants: state.tenants }),
    'POST /api/v1/tenants': ({ body }) => {
      const tenantId = idOf('tnt', 100 + state.tenants.length);
      const tenant = { ...body, tenantId, state: 'TENANT_STATE_ACTIVE' as const, createTime: NOW() };
      state.tenants = [...state.tenants, tenant];
      const permissions = state.account.memberships?.[0]?.permissions ?? [];
      const membership = {
        tenantId,
        tenantName: String(body['name']),
        tenantDisplayName: String(body['displayName']),
        permissions,
      };
      state.account = { ...state.account, memberships: [...(state.account.memberships ?? []), membership] };
      return { tenant };
    },
    'GET /api/v1/tenants/{tenantId}': ({ path }) => {
      const tenant = state.tenants.find(({ tenantId }) => tenantId === path['tenantId']);
      if (tenant === undefined) {
        throw refusal(404, 'TENANT_NOT_FOUND', 'There is no such tenant.');
      }
      return { tenant };
    },
    'PATCH /api/v1/tenants/{tenantId}': ({ path, body }) => {
      state.tenants = replaced(state.tenants, ({ tenantId }) => tenantId === path['tenantId'], body);
      return { tenant: state.tenants.find(({ tenantId }) => tenantId === path['tenantId']) };
    },
    'POST /api/v1/tenants/{tenantId}:suspend': ({ path }) => {
      const suspended = { state: 'TENANT_STATE_SUSPENDED' as const };
      state.tenants = replaced(state.tenants, ({ tenantId }) => tenantId === path['tenantId'], suspended);
      return {};
    },
    'POST /api/v1/tenants/{tenantId}:resume': ({ path }) => {
      const active = { state: 'TENANT_STATE_ACTIVE' as const };
      state.tenants = replaced(state.tenants, ({ tenantId }) => tenantId === path['tenantId'], active);
      return {};
    },
  };
}

function memberRoutes(state: PlatformState): Routes {
  const isLastAdmin = (userId: string | undefined) => {
    const admins = state.members.filter(({ role }) => role === 'ROLE_TENANT_ADMIN');
    return admins.length === 1 && admins[0]?.userId === userId;
  };
  const keepLastAdmin = (userId: string | undefined) => {
    if (isLastAdmin(userId)) {
      throw refusal(409, 'LAST_TENANT_ADMIN', 'A tenant keeps at least one administrator.');
    }
  };
  return {
    'GET /api/v1/tenants/{tenantId}/members': () => ({ members: state.members }),
    'PATCH /api/v1/tenants/{tenantId}/members/{userId}': ({ path, body }) => {
      keepLastAdmin(path['userId']);
      state.members = replaced(state.members, ({ userId }) => userId === path['userId'], body);
      return {};
    },
    'DELETE /api/v1/tenants/{tenantId}/members/{userId}': ({ path }) => {
      keepLastAdmin(path['userId']);
      state.members = state.members.filter(({ userId }) => userId !== path['userId']);
      return {};
    },
    'GET /api/v1/tenants/{tenantId}/invitations': () => ({ invitations: state.invitations }),
    'POST /api/v1/tenants/{tenantId}/invitations': ({ body }) => {
      const invitation = {
        ...body,
        invitationId: idOf('inv', 100 + state.invitations.length),
        createTime: NOW(),
        expireTime: new Date(Date.now() + 7 * 86_400_000).toISOString(),
      };
      state.invitations = [invitation, ...state.invitations];
      return {
        invitation,
        acceptUrl: 'https://ai.partner.example/console/invitations/accept?token=inv-3f9a2c7e51b84d06',
        temporaryPassword: 'harbor-violet-72-lantern',
      };
    },
    'DELETE /api/v1/tenants/{tenantId}/invitations/{invitationId}': ({ path }) => {
      state.invitations = state.invitations.filter(({ invitationId }) => invitationId !== path['invitationId']);
      return {};
    },
    'POST /api/v1/invitations:accept': () => ({ member: state.members[0] }),
  };
}
