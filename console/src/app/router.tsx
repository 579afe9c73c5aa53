import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { Shell } from '@/app/shell/shell';
import { SignedIn } from '@/app/signed-in';
import { BrokenPage, NotFoundPage, StartPage, TenantStartPage } from '@/app/start-pages';

const root = createRootRoute({
  component: () => (
    <SignedIn>
      <Outlet />
    </SignedIn>
  ),
});

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const start = createRoute({ getParentRoute: () => shell, path: '/', component: StartPage });
const tenant = createRoute({ getParentRoute: () => shell, path: '/t/$tenantId' });
const tenantStart = createRoute({ getParentRoute: () => tenant, path: '/', component: TenantStartPage });
const project = createRoute({ getParentRoute: () => tenant, path: '/p/$projectId' });
const home = createRoute({ getParentRoute: () => project, path: '/', component: () => <div>home</div> });

const routeTree = root.addChildren([
  shell.addChildren([start, tenant.addChildren([tenantStart, project.addChildren([home])])]),
]);

/** All addresses of the console. */
export function createConsoleRouter() {
  return createRouter({
    routeTree,
    basepath: '/console',
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
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
