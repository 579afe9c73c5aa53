import { describe, expect, it } from 'vitest';
import { isLoadingFailure } from '@/lib/loading-failure';

describe('a page that does not come', () => {
  it.each([
    ['Failed to fetch dynamically imported module: http://127.0.0.1:8080/console/assets/x.js', true],
    ['Unable to preload CSS for http://127.0.0.1:8080/console/assets/x.css', true],
    ['Importing a module script failed.', true],
    ["Cannot read properties of undefined (reading 'map')", false],
  ])('%s', (message, failed) => {
    expect(isLoadingFailure(new Error(message))).toBe(failed);
  });
});
