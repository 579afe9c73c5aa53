/** An id as the platform makes them: a prefix and 26 characters; the same for the same number. */
export function idOf(prefix: string, number: number): string {
  return `${prefix}_01k9zq3b7m${number
    .toString(32)
    .replaceAll(/[ilou]/g, 'z')
    .padStart(16, '0')}`;
}

/** A moment so many minutes before now, or after it where negative. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}
