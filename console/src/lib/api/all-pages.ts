import type { Page } from '@/lib/api/use-listing';

/** The largest page that a List call gives. */
export const LARGEST_PAGE = 200;

const MOST_PAGES = 20;

/** All rows of a list that is short by nature (a tenant's projects, its models), for pickers and for names. */
export async function allPages<T>(page: (pageToken: string) => Promise<Page<T>>): Promise<readonly T[]> {
  const rows: T[] = [];
  let pageToken = '';
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const next = await page(pageToken);
    rows.push(...next.rows);
    pageToken = next.nextPageToken ?? '';
    if (pageToken === '') {
      break;
    }
  }
  return rows;
}
