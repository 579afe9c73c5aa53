import { agentRoutes } from '@/testing/areas/agents';
import { identityRoutes } from '@/testing/areas/identity';
import { projectRoutes } from '@/testing/areas/projects';
import { quotaRoutes } from '@/testing/areas/quota';
import { servingRoutes } from '@/testing/areas/serving';
import type { PlatformState } from '@/testing/platform-state';
import { answering, type Routes } from '@/testing/routes';

/** The platform's management API as far as the console uses it, in memory: for pages' tests and for pictures of them. */
export class InMemoryPlatform {
  readonly routes: Routes;
  readonly answer: (request: Request) => Promise<Response>;

  /**
   * @param state what it knows; tests change it to bring a page into a state
   * @param overrides routes that answer instead of the ones here, such as refusals
   */
  constructor(
    readonly state: PlatformState,
    overrides: Routes = {},
  ) {
    this.routes = {
      ...identityRoutes(state),
      ...projectRoutes(state),
      ...quotaRoutes(state),
      ...servingRoutes(state),
      ...agentRoutes(state),
      ...overrides,
    };
    this.answer = answering(this.routes);
  }
}
