/** A whole number that came as text, since int64 does not fit a JavaScript number. */
export function count(text: string | number | undefined): number {
  return text === undefined || text === '' ? 0 : Number(text);
}

/** A number with the language's grouping. */
export function formatCount(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

const SHORT_ENOUGH = 10_000;

/** A number short enough for a tile or an axis: 12,340 becomes 12.3K or 1.2만, and 1,790 stays. */
export function formatCompact(value: number, language: string): string {
  if (Math.abs(value) < SHORT_ENOUGH) {
    return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
  }
  return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** A share of a whole, such as 4.2%. */
export function formatShare(part: number, whole: number, language: string): string {
  const share = whole === 0 ? 0 : part / whole;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
