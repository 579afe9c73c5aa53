import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { InMemoryPlatform } from '@/testing/in-memory-platform';
import { openPage } from '@/testing/open-page';
import { refusal } from '@/testing/routes';
import { bank } from '@/testing/seeds/bank';
import { BANK } from '@/testing/seeds/people';

const ADDRESS = `/t/${BANK}/statements`;

describe('statements', () => {
  it('show the newest month with every digit, and mark what is late', async () => {
    await openPage(ADDRESS, new InMemoryPlatform(bank()));
    expect(await screen.findByText('In progress')).toBeTruthy();
    expect(screen.getByText('₩19,863')).toBeTruthy();
    expect(screen.getByText('exactly ₩19,862.7215')).toBeTruthy();
    expect(screen.getByText('late, of October 2026')).toBeTruthy();
    expect(screen.getByText(/^₩118.8012 of this statement are for calls/)).toBeTruthy();
    expect(screen.getByText('₩9,857.4612')).toBeTruthy();
  });

  it('give the file of the chosen month', async () => {
    await openPage(`${ADDRESS}?month=2026-10`, new InMemoryPlatform(bank()));
    expect(await screen.findByText('Closed')).toBeTruthy();
    expect(screen.getByText(/^12 calls of this month came after it was closed/)).toBeTruthy();
    const file = screen.getByRole('link', { name: 'Download CSV' });
    expect(file.getAttribute('href')).toBe(`/api/v1/tenants/${BANK}/statements/2026-10/csv`);
    expect(file.getAttribute('download')).toBe('statement-2026-10.csv');
  });

  it('copy the lines for a spreadsheet, and run no formula there', async () => {
    Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true });
    const state = bank();
    state.projects = state.projects.map((project) => ({ ...project, displayName: '=1+1' }));
    const { user } = await openPage(ADDRESS, new InMemoryPlatform(state));
    await waitFor(() => expect(screen.getAllByText('=1+1')).not.toHaveLength(0));
    await user.click(await screen.findByRole('button', { name: 'Copy lines' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    const copied = await navigator.clipboard.readText();
    expect(copied.split('\n')).toHaveLength(7);
    expect(copied).toContain("'=1+1\texaone-4.0-32b\t");
    expect(copied).toContain('INPUT\t8214551\t1200\t9857461200');
  });

  it('say that a month has nothing to bill', async () => {
    const state = bank();
    state.statements = state.statements.map((statement) => ({ ...statement, lines: [] }));
    await openPage(ADDRESS, new InMemoryPlatform(state));
    expect(await screen.findByText('Nothing to bill in this month')).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Download CSV' })).toBeNull();
  });

  it('say of a month that has not begun that there is no statement', async () => {
    const absent = () => {
      throw refusal(404, 'STATEMENT_NOT_FOUND', 'The month has not begun.');
    };
    const routes = { 'GET /api/v1/tenants/{tenantId}/statements/{month}': absent };
    await openPage(`${ADDRESS}?month=2030-01`, new InMemoryPlatform(bank(), routes));
    expect(await screen.findByText('This does not exist')).toBeTruthy();
  });
});
