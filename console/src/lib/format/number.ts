/** A whole number that came as text, since int64 does not fit a JavaScript number. */
export function count(text: string | number | undefined): number {
  return text === undefined || text === '' ? 0 : Number(text);
}

/** A number with the language's grouping. */
export function formatCount(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** A number short enough for a tile or an axis: 12,340 becomes 12.3K or 1.2만. */
export function formatCompact(value: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** A share of a whole, such as 4.2%. */
export function formatShare(part: number, whole: number, language: string): string {
  const share = whole === 0 ? 0 : part / whole;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
