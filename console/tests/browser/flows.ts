import { expect, type Page } from '@playwright/test';

/*
 * What people do in the console, told by what they see in English. Each flow begins on any page of the shell and ends
 * where it says, whichever platform is behind the page.
 */

/** Shows the console in English from the next page on. */
export async function speakEnglish(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('exaone.language', 'en'));
}

/** Goes to a page of the navigation, by its section where two have one name. */
export async function goTo(page: Page, section: 'Project' | 'Tenant' | 'Platform', name: string): Promise<void> {
  const list = page.getByRole('list', { name: section });
  await list.getByRole('link', { name, exact: true }).click();
  await expect(list.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
}

/** Goes to another tenant that the person is a member of. */
export async function switchTenant(page: Page, shownName: string): Promise<void> {
  await page.getByRole('button', { name: /^Tenant: / }).click();
  await page.getByRole('option').filter({ hasText: shownName }).click();
  await expect(page.getByRole('button', { name: `Tenant: ${shownName}` })).toBeVisible();
}

/** Signs in on the platform's own sign-in page, where the console has led. */
export async function signIn(page: Page, user: string, password: string): Promise<void> {
  await page.locator('#username').fill(user);
  await page.locator('#username').press('Enter');
  await page.locator('#password').fill(password);
  await page.locator('#password').press('Enter');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible({ timeout: 60_000 });
}

/** Signs out; ends on the platform's sign-in page. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.locator('#username')).toBeVisible({ timeout: 60_000 });
}

/** Asks the model of the home page and returns its whole answer. */
export async function chat(page: Page, question: string): Promise<string> {
  await goTo(page, 'Project', 'Home');
  const message = page.getByRole('textbox', { name: 'Your message' });
  await message.fill(question);
  await message.press('Enter');
  const exchange = page.getByRole('log').getByRole('article').last();
  await expect(exchange.getByText(/→ [\d,]+ tokens/)).toBeVisible({ timeout: 120_000 });
  return exchange.innerText();
}

/** Creates a tenant; ends on its members. */
export async function createTenant(page: Page, tenant: { shownName: string; name: string }): Promise<void> {
  await goTo(page, 'Platform', 'Tenants');
  await page.getByRole('button', { name: 'Create tenant' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Create tenant' });
  await dialog.getByRole('textbox', { name: 'Shown name' }).fill(tenant.shownName);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(tenant.name);
  await dialog.getByRole('button', { name: 'Create tenant' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
  await expect(page.getByRole('button', { name: `Tenant: ${tenant.shownName}` })).toBeVisible();
}

/** Creates a project of the tenant that is open, and goes into it. */
export async function createProject(page: Page, project: { shownName: string; name: string }): Promise<void> {
  await goTo(page, 'Tenant', 'Projects');
  await page.getByRole('button', { name: 'Create project' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Create project' });
  await dialog.getByRole('textbox', { name: 'Shown name' }).fill(project.shownName);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(project.name);
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await page.getByRole('link', { name: project.shownName }).click();
  await expect(page.getByRole('button', { name: `Project: ${project.shownName}` })).toBeVisible();
}

/** Invites a person and returns the link to pass on. */
export async function invite(page: Page, email: string): Promise<string> {
  await goTo(page, 'Tenant', 'Members');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite a person' });
  await dialog.getByRole('textbox', { name: 'Email' }).fill(email);
  await dialog.getByRole('button', { name: 'Create invitation' }).click();
  const invited = page.getByRole('dialog', { name: `Invitation for ${email}` });
  const link = await invited.getByRole('status', { name: 'Link' }).innerText();
  await invited.getByRole('button', { name: 'Done' }).click();
  return link;
}

/** Creates a key in the project that is open and returns it as a caller presents it. */
export async function createKey(page: Page, name: string): Promise<string> {
  await goTo(page, 'Project', 'API keys');
  await page.getByRole('button', { name: 'Create key' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Create API key' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  const key = await made.getByRole('status', { name: 'API key' }).innerText();
  await made.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Active');
  return key;
}

/** Sets a limit on a tenant, project or key, by the name that the tree shows. */
export async function setLimit(page: Page, subject: string, kind: string, amount: string): Promise<void> {
  await goTo(page, 'Tenant', 'Limits');
  await page.getByRole('button', { name: `Add a limit on ${subject}`, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Limit on ${subject}` });
  await dialog.getByRole('combobox', { name: 'What it counts' }).click();
  await page.getByRole('option', { name: kind }).click();
  await dialog.getByRole('textbox', { name: new RegExp(kind) }).fill(amount);
  await dialog.getByRole('button', { name: 'Add limit' }).click();
  await expect(dialog).toBeHidden();
}

/** Opens the tenant's usage, once its sums are shown or known to be none. */
export async function openUsage(page: Page): Promise<void> {
  await goTo(page, 'Tenant', 'Usage');
  await expect(page.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible();
  const sums = page.getByRole('table', { name: 'Usage by group' });
  await expect(sums.or(page.getByText('No usage in this range'))).toBeVisible();
}

/** Creates an agent, saves a specification as its draft and deploys it; ends on the agent's page. */
export async function deployAgent(
  page: Page,
  agent: { name: string; specification: string; note: string },
): Promise<void> {
  await goTo(page, 'Project', 'Agents');
  await page.getByRole('button', { name: 'Create agent' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Create agent' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(agent.name);
  await dialog.getByRole('button', { name: 'Create agent' }).click();
  await page.getByRole('textbox', { name: 'Specification' }).fill(agent.specification);
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  const deploy = page.getByRole('dialog', { name: 'Deploy this specification' });
  await deploy.getByRole('textbox', { name: 'What changed' }).fill(agent.note);
  await deploy.getByRole('button', { name: 'Make release and deploy' }).click();
  await expect(deploy).toBeHidden();
  await expect(page.getByText('Deployed', { exact: true }).first()).toBeVisible();
}

/** Asks the agent whose page is open and watches its run until it has ended; returns what the timeline tells. */
export async function runAgent(page: Page, question: string): Promise<string> {
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByRole('textbox', { name: 'Question to the agent' }).fill(question);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Run of / })).toBeVisible();
  const timeline = page.getByRole('list', { name: 'What happened' });
  await expect(page.getByRole('status').filter({ hasText: 'Up to date' })).toBeVisible({ timeout: 180_000 });
  return timeline.innerText();
}
