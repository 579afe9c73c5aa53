import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { vi } from 'vitest';
import { startTranslations } from '@/app/i18n/start';
import { createConsoleRouter } from '@/app/router';
import { theme } from '@/app/theme/theme';
import type { InMemoryPlatform } from '@/testing/in-memory-platform';

/** The page's own address of an origin, which a browser would have. */
const ORIGIN = 'http://console.test';

/** What surrounds every page, in English, without waiting and without a second try. */
export async function surroundings() {
  localStorage.setItem('exaone.language', 'en');
  const translations = await startTranslations();
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return function Surroundings({ children }: { readonly children: ReactNode }) {
    return (
      <I18nextProvider i18n={translations}>
        <QueryClientProvider client={queryClient}>
          <MantineProvider theme={theme} env="test">
            <Notifications />
            {children}
          </MantineProvider>
        </QueryClientProvider>
      </I18nextProvider>
    );
  };
}

/** Opens an address of the console before a platform in memory. */
export async function openPage(address: string, platform: InMemoryPlatform) {
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) =>
    platform.answer(input instanceof Request ? input : new Request(new URL(input.toString(), ORIGIN), init)),
  );
  const wrapper = await surroundings();
  const router = createConsoleRouter(createMemoryHistory({ initialEntries: [`/console${address}`] }));
  const user = userEvent.setup();
  render(<RouterProvider router={router} />, { wrapper });
  return { user, router };
}
