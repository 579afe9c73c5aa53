const LETTERS = /[^a-z0-9]+/g;

/** Names of tenants and projects: they stand in addresses and configuration. */
export const NAME = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

/** A name made of what people call a thing; empty where nothing of it is left, as with Korean. */
export function nameFrom(displayName: string): string {
  return displayName
    .toLowerCase()
    .replace(LETTERS, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
}
