/** A month such as `2026-03` in the reader's language; as it is written where it is none. */
export function monthName(month: string, language: string): string {
  const start = new Date(`${month}-01T00:00:00Z`);
  if (Number.isNaN(start.getTime())) {
    return month;
  }
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(start);
}
