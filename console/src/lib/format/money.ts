const MICRO = 1_000_000n;

/** Amounts travel as whole micro-units of the currency, as text: they can exceed what a JavaScript number holds. */
export function microKrw(text: string | undefined): bigint {
  return text === undefined || text === '' ? 0n : BigInt(text);
}

/** Won as the platform's micro-KRW; whole won are exact at any size. */
export function wonToMicroKrw(won: number): string {
  const whole = Math.trunc(won);
  return (BigInt(whole) * MICRO + BigInt(Math.round((won - whole) * 1_000_000))).toString();
}

/** Micro-KRW as won, for plots and number fields; exact up to nine billion won. */
export function microKrwToWon(micro: bigint): number {
  return Number(micro) / 1_000_000;
}

/**
 * How many digits after the point still say something: a chat may cost a hundredth of a won, an invoice millions.
 */
function digitsFor(micro: bigint): number {
  const size = micro < 0n ? -micro : micro;
  if (size === 0n || size >= 100n * MICRO) {
    return 0;
  }
  if (size >= MICRO) {
    return 2;
  }
  return size >= 1_000n ? 4 : 6;
}

/** An amount for reading, with as many digits as its size makes useful. */
export function formatMoney(micro: bigint, language: string): string {
  return currency(language, digitsFor(micro)).format(microKrwToWon(micro));
}

/** An amount with all its digits, for a tooltip or an invoice line. */
export function formatMoneyExactly(micro: bigint, language: string): string {
  return currency(language, 6).format(decimal(micro));
}

/** The decimal text keeps every digit where a number could not. */
function decimal(micro: bigint): `${number}` {
  const sign = micro < 0n ? '-' : '';
  const size = micro < 0n ? -micro : micro;
  const fraction = (size % MICRO).toString().padStart(6, '0');
  return `${sign}${(size / MICRO).toString()}.${fraction}` as `${number}`;
}

function currency(language: string, digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'KRW',
    minimumFractionDigits: 0,
    maximumFractionDigits: digits,
  });
}
