import { BANK } from '@/testing/seeds/people';
import { expect, test } from './fixtures';
import { speakEnglish } from './flows';

const HOUR_MS = 3_600_000;

// The tenant is in Seoul. Its administrator is on a journey, where it is the day before for most of the day.
test.use({ timezoneId: 'America/Los_Angeles' });

test("usage is told by the tenant's days", async ({ page, state }) => {
  const [call] = state.usageRecords;
  // Half past midnight in Seoul, of the day before yesterday there.
  const now = Date.now() + 9 * HOUR_MS;
  const midnight = Math.floor(now / (24 * HOUR_MS)) * 24 * HOUR_MS - 9 * HOUR_MS - 48 * HOUR_MS;
  state.usageRecords = [{ ...call, startTime: new Date(midnight + HOUR_MS / 2).toISOString() }];
  const dayOf = (moment: number) =>
    new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'Asia/Seoul' }).format(moment);
  await speakEnglish(page);
  await page.goto(`/console/t/${BANK}/usage?range=7d`);
  await expect(page.getByText('Time zone: Asia/Seoul, UTC+9')).toBeVisible();

  const plot = page.getByRole('figure', { name: 'Cost over time' });
  const days = plot.locator('.recharts-xAxis-tick-labels .recharts-cartesian-axis-tick-value');
  await expect(days).toHaveText(
    [6, 5, 4, 3, 2, 1, 0].map((before) => dayOf(now - 9 * HOUR_MS - before * 24 * HOUR_MS)),
  );
  await plot.locator('.recharts-bar-rectangle path').hover();
  await expect(plot.locator('.recharts-tooltip-wrapper')).toContainText(dayOf(midnight));
});
