import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router';
import {
  agentSearch,
  invitationSearch,
  readSearch,
  requestsSearch,
  runsSearch,
  statementsSearch,
  usageSearch,
  writeSearch,
} from '@/app/search';
import { Shell } from '@/app/shell/shell';
import { SignedIn } from '@/app/signed-in';
import { BrokenPage, NotFoundPage, StartPage, TenantArea, TenantStartPage } from '@/app/start-pages';

const root = createRootRoute({
  component: () => (
    <SignedIn>
      <Outlet />
    </SignedIn>
  ),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitations/accept',
  validateSearch: invitationSearch,
  component: lazyRouteComponent(() => import('@/app/composed-pages'), 'InvitationPage'),
});

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
const start = createRoute({ getParentRoute: () => shell, path: '/', component: StartPage });

const tenant = createRoute({ getParentRoute: () => shell, path: '/t/$tenantId', component: TenantArea });
const tenantPages = [
  createRoute({ getParentRoute: () => tenant, path: '/', component: TenantStartPage }),
  createRoute({
    getParentRoute: () => tenant,
    path: '/usage',
    validateSearch: usageSearch,
    component: lazyRouteComponent(() => import('@/features/usage/components/usage-page'), 'UsagePage'),
  }),
  createRoute({
    getParentRoute: () => tenant,
    path: '/requests',
    validateSearch: requestsSearch,
    component: lazyRouteComponent(() => import('@/features/usage/components/requests-page'), 'RequestsPage'),
  }),
  createRoute({
    getParentRoute: () => tenant,
    path: '/statements',
    validateSearch: statementsSearch,
    component: lazyRouteComponent(() => import('@/features/statements/components/statements-page'), 'StatementsPage'),
  }),
  createRoute({
    getParentRoute: () => tenant,
    path: '/limits',
    component: lazyRouteComponent(() => import('@/features/limits/components/limits-page'), 'LimitsPage'),
  }),
  createRoute({
    getParentRoute: () => tenant,
    path: '/members',
    component: lazyRouteComponent(() => import('@/features/members/components/members-page'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute: () => tenant,
    path: '/projects',
    component: lazyRouteComponent(() => import('@/features/projects/components/projects-page'), 'ProjectsPage'),
  }),
  createRoute({
    getParentRoute: () => tenant,
    path: '/audit',
    component: lazyRouteComponent(() => import('@/features/audit/components/audit-page'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => tenant,
    path: '/settings',
    component: lazyRouteComponent(() => import('@/features/tenants/components/settings-page'), 'SettingsPage'),
  }),
] as const;

const project = createRoute({ getParentRoute: () => tenant, path: '/p/$projectId' });
const projectPages = [
  createRoute({
    getParentRoute: () => project,
    path: '/',
    component: lazyRouteComponent(() => import('@/features/home/components/home-page'), 'HomePage'),
  }),
  createRoute({
    getParentRoute: () => project,
    path: '/keys',
    component: lazyRouteComponent(() => import('@/features/keys/components/keys-page'), 'KeysPage'),
  }),
  createRoute({
    getParentRoute: () => project,
    path: '/secrets',
    component: lazyRouteComponent(() => import('@/features/secrets/components/secrets-page'), 'SecretsPage'),
  }),
  createRoute({
    getParentRoute: () => project,
    path: '/agents',
    component: lazyRouteComponent(() => import('@/features/agents/components/agents-page'), 'AgentsPage'),
  }),
  createRoute({
    getParentRoute: () => project,
    path: '/agents/$agentId',
    validateSearch: agentSearch,
    component: lazyRouteComponent(() => import('@/app/composed-pages'), 'AgentWithRunsPage'),
  }),
  createRoute({
    getParentRoute: () => project,
    path: '/runs',
    validateSearch: runsSearch,
    component: lazyRouteComponent(() => import('@/features/runs/components/runs-page'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => project,
    path: '/runs/$runId',
    component: lazyRouteComponent(() => import('@/features/runs/components/run-page'), 'RunPage'),
  }),
] as const;

const platform = createRoute({ getParentRoute: () => shell, path: '/platform' });
const platformPages = [
  createRoute({
    getParentRoute: () => platform,
    path: '/tenants',
    component: lazyRouteComponent(() => import('@/features/tenants/components/tenants-page'), 'TenantsPage'),
  }),
  createRoute({
    getParentRoute: () => platform,
    path: '/models',
    component: lazyRouteComponent(() => import('@/features/models/components/models-page'), 'ModelsPage'),
  }),
  createRoute({
    getParentRoute: () => platform,
    path: '/deployments',
    component: lazyRouteComponent(
      () => import('@/features/deployments/components/deployments-page'),
      'DeploymentsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => platform,
    path: '/prices',
    component: lazyRouteComponent(() => import('@/features/prices/components/prices-page'), 'PricesPage'),
  }),
  createRoute({
    getParentRoute: () => platform,
    path: '/audit',
    component: lazyRouteComponent(() => import('@/features/audit/components/audit-page'), 'PlatformAuditPage'),
  }),
] as const;

const routeTree = root.addChildren([
  invitation,
  shell.addChildren([
    start,
    tenant.addChildren([...tenantPages, project.addChildren([...projectPages])]),
    platform.addChildren([...platformPages]),
  ]),
]);

/** All addresses of the console; a test gives a history of its own. */
export function createConsoleRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    basepath: '/console',
    ...(history === undefined ? {} : { history }),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: BrokenPage,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
