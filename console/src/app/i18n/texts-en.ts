/** All English texts, as one chunk that is loaded only where English is shown. */
export const files = import.meta.glob<Record<string, unknown>>('/src/**/locales/en.json', {
  eager: true,
  import: 'default',
});
