import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { InMemoryPlatform } from '@/testing/in-memory-platform';
import { openPage } from '@/testing/open-page';
import { bank } from '@/testing/seeds/bank';
import { BANK, SUPPORT } from '@/testing/seeds/people';

const TENANT = `/t/${BANK}`;
const PROJECT = `${TENANT}/p/${SUPPORT}`;

describe('steps', () => {
  it('creates a key and shows it once', async () => {
    const state = bank();
    const { user } = await openPage(`${PROJECT}/keys`, new InMemoryPlatform(state));
    await user.click(await screen.findByRole('button', { name: 'Create key' }));
    const form = await screen.findByRole('dialog', { name: 'Create API key' });
    await user.click(within(form).getByRole('button', { name: 'Create key' }));
    expect(within(form).getByText(/Give the key a name/)).toBeTruthy();
    await user.type(within(form).getByRole('textbox', { name: /^Name/ }), 'Support app');
    await user.click(within(form).getByRole('button', { name: 'Create key' }));
    const made = await screen.findByRole('dialog', { name: 'Your new API key' });
    expect(within(made).getByText(/^exk_/)).toBeTruthy();
    await user.click(within(made).getByRole('button', { name: 'I have copied it' }));
    await waitFor(() => expect(screen.queryByText(/^exk_.*9f2c71ab$/)).toBeNull());
    expect(state.keys[0]).toMatchObject({ displayName: 'Support app', scopes: ['KEY_SCOPE_INFERENCE'] });
    expect(screen.getByText('Support app')).toBeTruthy();
  });

  it('keeps the last administrator and tells why', async () => {
    const { user } = await openPage(`${TENANT}/members`, new InMemoryPlatform(bank()));
    await user.click(await screen.findByRole('button', { name: 'Remove 김민지' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Remove' }));
    expect(await within(dialog).findByText('A tenant keeps at least one administrator.')).toBeTruthy();
  });

  it('asks for the name before a project is deleted', async () => {
    const state = bank();
    const { user } = await openPage(`${TENANT}/projects`, new InMemoryPlatform(state));
    await user.click((await screen.findAllByRole('button', { name: 'Delete' }))[1] as HTMLElement);
    const dialog = await screen.findByRole('dialog');
    const act = within(dialog).getByRole('button', { name: 'Delete' });
    expect(act).toHaveProperty('disabled', true);
    await user.type(within(dialog).getByRole('textbox'), 'research');
    await user.click(act);
    await waitFor(() => expect(state.projects).toHaveLength(1));
  });

  it('sends a monthly budget in micro-won', async () => {
    const state = bank();
    const { user } = await openPage(`${TENANT}/limits`, new InMemoryPlatform(state));
    await user.click(await screen.findByRole('button', { name: 'Add a limit on 리서치' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('combobox', { name: 'What it counts' }));
    await user.click(await screen.findByRole('option', { name: 'Budget per month' }));
    await user.type(within(dialog).getByRole('textbox', { name: /Budget per month/ }), '2500000');
    await user.click(within(dialog).getByRole('button', { name: 'Add limit' }));
    await waitFor(() =>
      expect(state.limits.at(-1)).toMatchObject({
        kind: 'LIMIT_KIND_BUDGET_PER_MONTH',
        value: '2500000000000',
        enforcement: 'LIMIT_ENFORCEMENT_ENFORCED',
      }),
    );
  });

  it('lets several models share a limit', async () => {
    const state = bank();
    const { user } = await openPage(`${TENANT}/limits`, new InMemoryPlatform(state));
    await user.click(await screen.findByRole('button', { name: 'Add a limit on 리서치' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('combobox', { name: 'Models' }));
    const [first, second] = await screen.findAllByRole('option', { name: /exaone/i });
    await user.click(first as HTMLElement);
    await user.click(second as HTMLElement);
    await user.type(within(dialog).getByRole('textbox', { name: /Requests per minute/ }), '60');
    await user.click(within(dialog).getByRole('button', { name: 'Add limit' }));
    await waitFor(() => expect(state.limits.at(-1)?.models).toHaveLength(2));
    expect(await screen.findByText(state.limits.at(-1)?.models?.join(', ') ?? '')).toBeTruthy();
  });

  it('sets a limit on an agent', async () => {
    const state = bank();
    const [agent] = state.agents;
    const { user } = await openPage(`${TENANT}/limits`, new InMemoryPlatform(state));
    const [add] = await screen.findAllByRole('button', { name: `Add a limit on ${agent?.name ?? ''}` });
    await user.click(add as HTMLElement);
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox', { name: /Requests per minute/ }), '5');
    await user.click(within(dialog).getByRole('button', { name: 'Add limit' }));
    await waitFor(() => expect(state.limits.at(-1)).toMatchObject({ agentId: agent?.agentId, value: '5' }));
  });

  it('shows what a limit in shadow would have refused, and lets it refuse', async () => {
    const state = bank();
    const [tried] = state.limits;
    state.limits = state.limits.map((limit) =>
      limit === tried
        ? {
            ...limit,
            enforcement: 'LIMIT_ENFORCEMENT_SHADOW',
            wouldHaveRefused: [
              { day: '2026-11-23', requests: '1200' },
              { day: '2026-11-22', requests: '34' },
            ],
          }
        : limit,
    );
    const { user } = await openPage(`${TENANT}/limits`, new InMemoryPlatform(state));
    expect(await screen.findByText('Would have refused 1,234 in the last month')).toBeTruthy();
    await user.click((await screen.findAllByRole('button', { name: /^Change / }))[0] as HTMLElement);
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('switch', { name: /Try in shadow/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(state.limits.every(({ enforcement }) => enforcement !== 'LIMIT_ENFORCEMENT_SHADOW')).toBe(true),
    );
  });

  it('asks for whatever a raise needs, and ends one before its time', async () => {
    const state = bank();
    const [tenantLimit] = state.limits;
    const until = new Date(Date.now() + 86_400_000).toISOString();
    state.limits = state.limits.map((limit) =>
      limit === tenantLimit
        ? { ...limit, currentValue: '9000000000000', raise: { value: '9000000000000', until, reason: '출시 주간' } }
        : limit,
    );
    const { user } = await openPage(`${TENANT}/limits`, new InMemoryPlatform(state));
    expect(await screen.findByText(/Raise ends/)).toBeTruthy();
    await user.click((await screen.findAllByRole('button', { name: /^Raise .* for a time$/ }))[0] as HTMLElement);
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Raise' }));
    expect(await within(dialog).findByText('Enter a reason.')).toBeTruthy();
    expect(within(dialog).getByText('Enter when it ends.')).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'End it now' }));
    await waitFor(() => expect(state.limits.every(({ raise }) => raise === undefined)).toBe(true));
  });

  it('talks to a model and shows what it used', async () => {
    const { user } = await openPage(PROJECT, new InMemoryPlatform(bank()));
    const message = await screen.findByRole('textbox', { name: 'Your message' });
    await waitFor(() => expect(message).toHaveProperty('disabled', false));
    await user.type(message, 'Hello{Enter}');
    const log = screen.getByRole('log');
    expect(await within(log).findByText('31 → 96 tokens')).toBeTruthy();
    expect(within(log).getByText('Hello')).toBeTruthy();
    expect(within(log).getByText(/is_palindrome/)).toBeTruthy();
  });
});
