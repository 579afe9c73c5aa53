import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import 'dayjs/locale/ko';
import type { i18n } from 'i18next';
import type { ReactNode } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { cssVariables, theme } from '@/app/theme/theme';

/** The same key as `public/color-scheme.js`, which sets the scheme before the first paint. */
const colorScheme = localStorageColorSchemeManager({ key: 'exaone.color-scheme' });

interface ProvidersProps {
  readonly translations: i18n;
  readonly queryClient: QueryClient;
  readonly children: ReactNode;
}

/** What every page needs around it: language, theme, dates, notices, the cache. */
export function Providers({ translations, queryClient, children }: ProvidersProps) {
  return (
    <I18nextProvider i18n={translations}>
      <QueryClientProvider client={queryClient}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          colorSchemeManager={colorScheme}
        >
          <Dates>{children}</Dates>
          <Notifications position="bottom-right" limit={3} />
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>
  );
}

function Dates({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  return <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: 0 }}>{children}</DatesProvider>;
}
