import {
  IconBuildingSkyscraper,
  IconChartBar,
  IconCoin,
  IconCpu,
  IconCube,
  IconFolders,
  IconGauge,
  IconHistory,
  IconHome,
  IconKey,
  IconListSearch,
  IconLock,
  IconPlayerPlay,
  IconReceipt,
  IconRobot,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { Place } from '@/app/shell/place';
import { type Account, can } from '@/lib/session/account';

type Icon = typeof IconHome;

/** Names of the destinations, as the texts know them. */
export type DestinationName =
  | 'home'
  | 'keys'
  | 'agents'
  | 'runs'
  | 'secrets'
  | 'usage'
  | 'requests'
  | 'statements'
  | 'limits'
  | 'members'
  | 'projects'
  | 'audit'
  | 'settings'
  | 'tenants'
  | 'models'
  | 'deployments'
  | 'prices'
  | 'platformAudit';

/** A place to go to: its name, address and icon. */
export interface Destination {
  readonly name: DestinationName;
  readonly to: string;
  readonly icon: Icon;
  /** The address must match whole, as for a page below which others lie. */
  readonly exact?: boolean;
}

/** The destinations of one part of the navigation. */
export interface Section {
  readonly name: 'project' | 'tenant' | 'platform';
  readonly destinations: readonly Destination[];
}

interface Candidate extends Destination {
  readonly permission: string | undefined;
}

function projectSection(tenantId: string, projectId: string): Candidate[] {
  const at = `/t/${tenantId}/p/${projectId}`;
  return [
    { name: 'home', to: at, icon: IconHome, exact: true, permission: undefined },
    { name: 'keys', to: `${at}/keys`, icon: IconKey, permission: 'apikey.read' },
    { name: 'agents', to: `${at}/agents`, icon: IconRobot, permission: 'agent.read' },
    { name: 'runs', to: `${at}/runs`, icon: IconPlayerPlay, permission: 'run.read' },
    { name: 'secrets', to: `${at}/secrets`, icon: IconLock, permission: 'secret.read' },
  ];
}

function tenantSection(tenantId: string): Candidate[] {
  const at = `/t/${tenantId}`;
  return [
    { name: 'usage', to: `${at}/usage`, icon: IconChartBar, permission: 'usage.read' },
    { name: 'requests', to: `${at}/requests`, icon: IconListSearch, permission: 'usage.read' },
    { name: 'statements', to: `${at}/statements`, icon: IconReceipt, permission: 'usage.read' },
    { name: 'limits', to: `${at}/limits`, icon: IconGauge, permission: 'limit.read' },
    { name: 'members', to: `${at}/members`, icon: IconUsers, permission: 'member.read' },
    { name: 'projects', to: `${at}/projects`, icon: IconFolders, permission: 'project.read' },
    { name: 'audit', to: `${at}/audit`, icon: IconHistory, permission: 'audit.read' },
    { name: 'settings', to: `${at}/settings`, icon: IconSettings, permission: 'tenant.write' },
  ];
}

const PLATFORM: readonly Candidate[] = [
  { name: 'tenants', to: '/platform/tenants', icon: IconBuildingSkyscraper, permission: 'platform.tenant.read' },
  { name: 'models', to: '/platform/models', icon: IconCube, permission: 'platform.model.read' },
  { name: 'deployments', to: '/platform/deployments', icon: IconCpu, permission: 'platform.deployment.read' },
  { name: 'prices', to: '/platform/prices', icon: IconCoin, permission: 'platform.price.write' },
  { name: 'platformAudit', to: '/platform/audit', icon: IconHistory, permission: 'platform.audit.read' },
];

/** Where this person can go from here; what they may not see is not offered. */
export function sectionsFor(account: Account, place: Place): Section[] {
  const { tenantId, projectId } = place;
  const offered = (candidates: readonly Candidate[]) =>
    candidates.filter(({ permission }) => permission === undefined || can(account, permission, tenantId));
  const sections: Section[] = [
    {
      name: 'project',
      destinations:
        tenantId === undefined || projectId === undefined ? [] : offered(projectSection(tenantId, projectId)),
    },
    { name: 'tenant', destinations: tenantId === undefined ? [] : offered(tenantSection(tenantId)) },
    { name: 'platform', destinations: offered(PLATFORM) },
  ];
  return sections.filter((section) => section.destinations.length > 0);
}
