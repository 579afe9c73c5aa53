import { idOf, minutesAgo } from '@/testing/ids';
import type { PlatformState } from '@/testing/platform-state';

export const BANK = idOf('tnt', 1);
export const SUPPORT = idOf('prj', 1);
export const RESEARCH = idOf('prj', 2);

export const TENANT_PERMISSIONS = [
  ...['agent.read', 'agent.run', 'agent.write', 'apikey.read', 'apikey.write', 'audit.read', 'chat.use'],
  ...['limit.read', 'limit.write', 'member.read', 'member.write', 'model.read', 'project.read', 'project.write'],
  ...['run.read', 'secret.read', 'secret.write', 'tenant.read', 'tenant.write', 'usage.read'],
];

const PLATFORM_PERMISSIONS = [
  ...['platform.audit.read', 'platform.deployment.read', 'platform.deployment.write', 'platform.model.read'],
  ...['platform.model.write', 'platform.price.write', 'platform.tenant.read', 'platform.tenant.write'],
];

const DAY = 1_440;

/** A bank with a few people and two projects, seen by its administrator who also runs the installation. */
export function people(): Pick<PlatformState, 'account' | 'tenants' | 'members' | 'invitations' | 'projects'> {
  return {
    account: {
      subject: idOf('usr', 1),
      email: 'minji.kim@hankang.example',
      displayName: '김민지',
      platformPermissions: PLATFORM_PERMISSIONS,
      memberships: [
        membership(1, 'hankang-bank', '한강은행'),
        membership(2, 'seorak-mobility', '설악모빌리티'),
        membership(3, 'demo', 'Demo'),
      ],
    },
    tenants: [
      tenant(1, 'hankang-bank', '한강은행', 40),
      tenant(2, 'seorak-mobility', '설악모빌리티', 12),
      tenant(3, 'demo', 'Demo', 41),
      { ...tenant(4, 'namsan-logistics', '남산물류', 33), state: 'TENANT_STATE_SUSPENDED' },
    ],
    members: [
      member(1, 'minji.kim@hankang.example', '김민지', 'ROLE_TENANT_ADMIN', 40),
      member(2, 'junho.lee@hankang.example', '이준호', 'ROLE_DEVELOPER', 31),
      member(3, 'seoyeon.park@hankang.example', '박서연', 'ROLE_DEVELOPER', 18),
      member(4, 'audit@hankang.example', 'Audit Team', 'ROLE_VIEWER', 9),
    ],
    invitations: [
      {
        invitationId: idOf('inv', 1),
        tenantId: BANK,
        email: 'haneul.choi@hankang.example',
        role: 'ROLE_DEVELOPER',
        createTime: minutesAgo(2 * DAY),
        expireTime: minutesAgo(-5 * DAY),
      },
    ],
    projects: [project(1, 'customer-support', '고객 지원', 38), project(2, 'research', '리서치', 20)],
  };
}

function membership(number: number, tenantName: string, tenantDisplayName: string) {
  const role = number === 1 ? ('ROLE_TENANT_ADMIN' as const) : ('ROLE_UNSPECIFIED' as const);
  return {
    tenantId: idOf('tnt', number),
    tenantName,
    tenantDisplayName,
    role,
    permissions: TENANT_PERMISSIONS,
    tenantTimeZone: 'Asia/Seoul',
  };
}

function tenant(number: number, name: string, displayName: string, days: number) {
  const state = 'TENANT_STATE_ACTIVE' as const;
  return {
    tenantId: idOf('tnt', number),
    name,
    displayName,
    timeZone: 'Asia/Seoul',
    state,
    createTime: minutesAgo(days * DAY),
  };
}

function member(
  number: number,
  email: string,
  displayName: string,
  role: 'ROLE_TENANT_ADMIN' | 'ROLE_DEVELOPER' | 'ROLE_VIEWER',
  days: number,
) {
  return { userId: idOf('usr', number), tenantId: BANK, email, displayName, role, joinTime: minutesAgo(days * DAY) };
}

function project(number: number, name: string, displayName: string, days: number) {
  return { projectId: idOf('prj', number), tenantId: BANK, name, displayName, createTime: minutesAgo(days * DAY) };
}
