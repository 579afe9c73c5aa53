import { expect, test } from './fixtures';
import {
  chat,
  createKey,
  createProject,
  createTenant,
  deployAgent,
  invite,
  openUsage,
  runAgent,
  setLimit,
  speakEnglish,
} from './flows';

test.beforeEach(async ({ page }) => {
  await speakEnglish(page);
  await page.goto('/console/');
});

test('an admin goes from a first chat to a tenant with a key under a limit', async ({ page, state }) => {
  expect(await chat(page, 'Write a function that checks a palindrome.')).toContain('is_palindrome');
  await createTenant(page, { shownName: 'Dongbaek Retail', name: 'dongbaek-retail' });
  await createProject(page, { shownName: 'Store app', name: 'store-app' });
  expect(await invite(page, 'jiho@dongbaek.example')).toContain('/console/invitations/accept?token=');
  expect(await createKey(page, 'Store app server')).toMatch(/^exk_/);
  await setLimit(page, 'Store app', 'Budget per month', '2500000');
  expect(state.limits.at(-1)).toMatchObject({ kind: 'LIMIT_KIND_BUDGET_PER_MONTH', value: '2500000000000' });
  await openUsage(page);
});

test('a developer deploys an agent and watches its run', async ({ page, state }) => {
  state.pauseMs = 20;
  await page.waitForURL(/\/p\//);
  await deployAgent(page, { name: 'greeter', specification: 'kind: Agent\nname: greeter\n', note: 'First.' });
  expect(await runAgent(page, 'Where is order 4711?')).toContain('SHIPPED');
});

test('the keyboard alone goes to a page and through a dialog', async ({ page }) => {
  await page.waitForURL(/\/p\//);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('textbox', { name: 'Go to a page or a tenant' })).toBeFocused();
  await page.keyboard.type('API keys');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'API keys' })).toBeVisible();
  const create = page.getByRole('main').getByRole('button', { name: 'Create key' });
  await create.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(create).toBeFocused();
});
