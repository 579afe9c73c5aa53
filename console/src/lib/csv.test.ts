import { expect, it } from 'vitest';
import { csv } from '@/lib/csv';

it('quotes what must be, and lets no cell be run as a formula', () => {
  expect(csv([['a,b', 'say "hi"', -3, '-1.5', '=1+1', '@x']])).toBe('\uFEFF"a,b","say ""hi""",-3,-1.5,\'=1+1,\'@x\r\n');
});
