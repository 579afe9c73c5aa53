import AxeBuilder from '@axe-core/playwright';
import { CLERK, ORDER_RUN } from '@/testing/seeds/agents';
import { BANK, SUPPORT } from '@/testing/seeds/people';
import { expect, test } from './fixtures';
import { speakEnglish } from './flows';

const TENANT = `/console/t/${BANK}`;
const PROJECT = `${TENANT}/p/${SUPPORT}`;

const PAGES = [
  PROJECT,
  ...['keys', 'agents', 'runs', 'secrets'].map((name) => `${PROJECT}/${name}`),
  ...['overview', 'specification', 'releases', 'runs'].map((tab) => `${PROJECT}/agents/${CLERK}?tab=${tab}`),
  `${PROJECT}/runs/${ORDER_RUN}`,
  ...['usage', 'requests', 'statements', 'limits', 'members', 'projects', 'audit', 'settings'].map(
    (name) => `${TENANT}/${name}`,
  ),
  ...['tenants', 'models', 'deployments', 'prices', 'audit'].map((name) => `/console/platform/${name}`),
  '/console/invitations/accept?token=inv-1',
  `${TENANT}/nowhere`,
];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const address of PAGES) {
      test(`${address} can be used by everybody`, async ({ page }) => {
        await speakEnglish(page);
        await page.goto(address);
        await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
        await expect(page.getByRole('main')).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
        expect(found).toEqual([]);
      });
    }
  });
}
