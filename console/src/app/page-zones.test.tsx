import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { InMemoryPlatform } from '@/testing/in-memory-platform';
import { openPage } from '@/testing/open-page';
import { bank } from '@/testing/seeds/bank';
import { BANK } from '@/testing/seeds/people';

const TENANT_API = 'GET /api/v1/tenants/{tenantId}';

/** The tests' own zone is in America: see the configuration. */
describe("a tenant's days", () => {
  it('are those of its zone, wherever it is looked at', async () => {
    expect(new Date('2026-11-22T15:00:00Z').getDate()).toBe(22);
    const asked: URLSearchParams[] = [];
    const routes = new InMemoryPlatform(bank()).routes;
    const usage = routes[`${TENANT_API}/usage:query`];
    const platform = new InMemoryPlatform(bank(), {
      [`${TENANT_API}/usage:query`]: (call) => {
        asked.push(call.query);
        return usage?.(call);
      },
    });
    await openPage(`/t/${BANK}/usage?range=2026-11-21..2026-11-23`, platform);
    expect(await screen.findByText('Time zone: Asia/Seoul, UTC+9')).toBeTruthy();
    await waitFor(() => expect(asked).not.toHaveLength(0));
    expect(asked[0]?.get('startTime')).toBe('2026-11-20T15:00:00.000Z');
    expect(asked[0]?.get('endTime')).toBe('2026-11-23T15:00:00.000Z');
  });

  it('tell the time of its requests', async () => {
    const state = bank();
    const [first] = state.usageRecords;
    state.usageRecords = [{ ...first, startTime: '2026-11-22T15:04:05Z' }];
    const { user } = await openPage(`/t/${BANK}/requests?range=2026-11-23..2026-11-23`, new InMemoryPlatform(state));
    expect(await screen.findByText('Time zone: Asia/Seoul, UTC+9')).toBeTruthy();
    expect(await screen.findByText('11/23, 00:04:05')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: first?.requestId ?? '' }));
    const detail = await screen.findByRole('dialog', { name: 'Request' });
    expect(await within(detail).findByText(/^Nov 23, 2026, 12:04:05.AM \(Asia\/Seoul\)$/)).toBeTruthy();
  });
});
