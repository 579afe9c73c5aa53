import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// The kit measures and animates; a page without layout has nothing to measure.
class NoResizes implements ResizeObserver {
  observe(): void {
    // Nothing changes its size here.
  }
  unobserve(): void {
    // Nothing was observed.
  }
  disconnect(): void {
    // Nothing was observed.
  }
}
vi.stubGlobal('ResizeObserver', NoResizes);
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
}));
// Fields that grow measure again once the fonts are there.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });
Element.prototype.scrollIntoView = () => undefined;

// A busy machine takes its time to load a page's code; the failing page is not printed whole.
configure({ asyncUtilTimeout: 10_000, getElementError: (message) => new Error(message ?? 'Not found') });

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
