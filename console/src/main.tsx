import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@/app/theme/fonts.css';
import '@/app/theme/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import { startTranslations } from '@/app/i18n/start';
import { Providers } from '@/app/providers';
import { createConsoleRouter } from '@/app/router';
import { createQueryClient } from '@/lib/api/query-client';

const place = document.getElementById('root');
if (place === null) {
  throw new Error('index.html has no element to show the console in');
}
const translations = await startTranslations();
const queryClient = createQueryClient();
createRoot(place).render(
  <StrictMode>
    <Providers translations={translations} queryClient={queryClient}>
      <RouterProvider router={createConsoleRouter()} />
    </Providers>
  </StrictMode>,
);
