import { describe, expect, it } from 'vitest';
import { formatCompact } from '@/lib/format/number';

describe('short numbers', () => {
  it.each([
    [1_790, 'en', '1,790'],
    [1_790, 'ko', '1,790'],
    [12_340, 'en', '12.3K'],
    [12_340, 'ko', '1.2만'],
  ])('%i in %s is %s', (value, language, text) => {
    expect(formatCompact(value, language)).toBe(text);
  });
});
