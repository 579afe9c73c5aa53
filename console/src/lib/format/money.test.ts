import { describe, expect, it } from 'vitest';
import { formatMoney, formatMoneyExactly, microKrw, wonToMicroKrw } from '@/lib/format/money';

describe('money', () => {
  it.each([
    ['0', '₩0'],
    ['1', '₩0.000001'],
    ['403200', '₩0.4032'],
    ['1990000', '₩1.99'],
    ['1842300000000', '₩1,842,300'],
  ])('%s micro-KRW reads %s', (micro, text) => {
    expect(formatMoney(microKrw(micro), 'en')).toBe(text);
  });

  it('keeps every digit of amounts beyond the numbers of JavaScript', () => {
    expect(formatMoneyExactly(9_223_372_036_854_775_807n, 'en')).toBe('₩9,223,372,036,854.775807');
    expect(formatMoneyExactly(-500_000n, 'en')).toBe('-₩0.5');
  });

  it('turns won into micro-KRW without loss', () => {
    expect(wonToMicroKrw(9_000_000_000_001)).toBe('9000000000001000000');
    expect(wonToMicroKrw(0.3)).toBe('300000');
    expect(microKrw(undefined)).toBe(0n);
  });
});
