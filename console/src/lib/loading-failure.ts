/** How browsers, and the build's own preloading, say that a part of the application could not be fetched. */
const SIGNS = [
  'dynamically imported module',
  'Importing a module script failed',
  'error loading dynamically imported',
  'Unable to preload',
];

/** Whether a page's code did not come, as opposed to code that came and failed. */
export function isLoadingFailure(error: unknown): boolean {
  return error instanceof Error && SIGNS.some((sign) => error.message.includes(sign));
}
