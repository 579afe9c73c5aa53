/** All Korean texts, as one chunk that is loaded only where Korean is shown. */
export const files = import.meta.glob<Record<string, unknown>>('/src/**/locales/ko.json', {
  eager: true,
  import: 'default',
});
