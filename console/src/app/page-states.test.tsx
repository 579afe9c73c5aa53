import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { InMemoryPlatform } from '@/testing/in-memory-platform';
import { openPage } from '@/testing/open-page';
import { refusal } from '@/testing/routes';
import { bank } from '@/testing/seeds/bank';
import { BANK, SUPPORT } from '@/testing/seeds/people';

const TENANT = `/t/${BANK}`;
const PROJECT = `${TENANT}/p/${SUPPORT}`;
const TENANT_API = 'GET /api/v1/tenants/{tenantId}';
const PROJECT_API = `${TENANT_API}/projects/{projectId}`;

interface ListedPage {
  readonly address: string;
  readonly route: string;
  /** An answer without rows. */
  readonly nothing: unknown;
  readonly emptyTitle: string;
}

const PAGES: ListedPage[] = [
  {
    address: `${PROJECT}/keys`,
    route: `${PROJECT_API}/api-keys`,
    nothing: { apiKeys: [] },
    emptyTitle: 'No API keys yet',
  },
  {
    address: `${PROJECT}/secrets`,
    route: `${PROJECT_API}/secrets`,
    nothing: { secrets: [] },
    emptyTitle: 'No secrets yet',
  },
  {
    address: `${PROJECT}/agents`,
    route: `${PROJECT_API}/agents`,
    nothing: { agents: [] },
    emptyTitle: 'No agents yet',
  },
  { address: `${PROJECT}/runs`, route: `${PROJECT_API}/runs`, nothing: { runs: [] }, emptyTitle: 'No runs' },
  {
    address: `${TENANT}/members`,
    route: `${TENANT_API}/members`,
    nothing: { members: [] },
    emptyTitle: 'No members yet',
  },
  { address: `${TENANT}/audit`, route: `${TENANT_API}/audit-events`, nothing: {}, emptyTitle: 'Nothing recorded' },
  { address: `${TENANT}/requests`, route: `${TENANT_API}/usage-records`, nothing: {}, emptyTitle: 'No requests' },
  {
    address: `${TENANT}/statements`,
    route: `${TENANT_API}/statements`,
    nothing: {},
    emptyTitle: 'No statements yet',
  },
  { address: `${TENANT}/usage`, route: `${TENANT_API}/usage:query`, nothing: {}, emptyTitle: 'No usage in this range' },
  { address: '/platform/tenants', route: 'GET /api/v1/tenants', nothing: {}, emptyTitle: 'No tenants yet' },
  { address: '/platform/models', route: 'GET /api/v1/models', nothing: {}, emptyTitle: 'No models yet' },
  {
    address: '/platform/deployments',
    route: 'GET /api/v1/deployments',
    nothing: {},
    emptyTitle: 'Nothing is deployed',
  },
  { address: '/platform/prices', route: 'GET /api/v1/prices', nothing: {}, emptyTitle: 'No prices yet' },
  { address: '/platform/audit', route: 'GET /api/v1/audit-events', nothing: {}, emptyTitle: 'Nothing recorded' },
];

describe.each(PAGES)('$address', ({ address, route, nothing, emptyTitle }) => {
  it('says what to do when there is nothing', async () => {
    await openPage(address, new InMemoryPlatform(bank(), { [route]: () => nothing }));
    expect(await screen.findByText(emptyTitle)).toBeTruthy();
  });

  it('says that it may not be seen', async () => {
    const denied = () => {
      throw refusal(403, 'PERMISSION_DENIED', 'usage.read is missing.');
    };
    await openPage(address, new InMemoryPlatform(bank(), { [route]: denied }));
    expect(await screen.findByText('You may not see this')).toBeTruthy();
  });

  it('tells a failure with its request id, and tries again', async () => {
    let broken = true;
    const once = () => {
      if (broken) {
        throw refusal(500, 'INTERNAL', 'Something went wrong.');
      }
      return nothing;
    };
    const { user } = await openPage(address, new InMemoryPlatform(bank(), { [route]: once }));
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getByText('Something went wrong.')).toBeTruthy();
    expect(screen.getByText(/^req_/)).toBeTruthy();
    broken = false;
    await user.click(retry);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull());
    expect(await screen.findByText(emptyTitle)).toBeTruthy();
  });
});

describe('the way in', () => {
  it('leads a person without a tenant nowhere, and says why', async () => {
    const state = { ...bank(), account: { displayName: 'New', memberships: [], platformPermissions: [] } };
    await openPage('/', new InMemoryPlatform(state));
    expect(await screen.findByText('No tenant yet')).toBeTruthy();
  });

  it('shows a wrong address as such, within the shell', async () => {
    await openPage(`${TENANT}/nowhere`, new InMemoryPlatform(bank()));
    expect(await screen.findByText('This page does not exist')).toBeTruthy();
    expect(screen.getByRole('navigation', { name: 'Main' })).toBeTruthy();
  });

  it('says of another tenant only that there is nothing', async () => {
    await openPage('/t/tnt_00000000000000000000000000/members', new InMemoryPlatform(bank()));
    expect((await screen.findByText('This does not exist')).tagName).toBe('H1');
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    expect(document.title).toBe('This does not exist · EXAONE');
  });

  it('hides what a viewer cannot do', async () => {
    const state = bank();
    const permissions = ['apikey.read', 'project.read'];
    state.account = { ...state.account, memberships: [{ tenantId: BANK, tenantName: 'bank', permissions }] };
    await openPage(`${PROJECT}/keys`, new InMemoryPlatform(state));
    expect(await screen.findByText('CI pipeline')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Create key' })).toBeNull();
    expect(screen.queryByRole('button', { name: /Revoke/ })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Members' })).toBeNull();
  });
});
