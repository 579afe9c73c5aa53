import { test as base } from '@playwright/test';
import { InMemoryPlatform } from '@/testing/in-memory-platform';
import type { PlatformState } from '@/testing/platform-state';
import { bank } from '@/testing/seeds/bank';
import { ConsoleServer } from './console-server';

interface Fixtures {
  /** What the platform knows at the beginning; a test may change it before it opens a page. */
  readonly state: PlatformState;
  readonly console: ConsoleServer;
}

/** A test with the console on an origin of its own; it fails on anything that the page asked of another origin. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- the form that fixtures are declared in
  state: async ({}, provide) => {
    await provide(bank());
  },
  console: async ({ state }, provide) => {
    const server = await ConsoleServer.start(new InMemoryPlatform(state));
    await provide(server);
    await server.stop();
  },
  baseURL: async ({ console: server }, provide) => {
    await provide(server.origin);
  },
  page: async ({ page, console: server }, provide) => {
    const strangers: string[] = [];
    const failures: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.origin) && !request.url().startsWith('data:')) {
        strangers.push(request.url());
      }
    });
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('Failed to load resource')) {
        failures.push(message.text());
      }
    });
    await provide(page);
    base.expect(strangers, 'requests to other origins').toEqual([]);
    base.expect(failures, 'errors in the page').toEqual([]);
  },
});

export const expect = test.expect;
