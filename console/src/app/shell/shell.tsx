import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from '@/app/shell/account-menu';
import { sectionsFor } from '@/app/shell/destinations';
import { Mark } from '@/app/shell/mark';
import { Navigation } from '@/app/shell/navigation';
import { Palette, PaletteButton } from '@/app/shell/palette';
import { usePlace } from '@/app/shell/place';
import { Places } from '@/app/shell/places';
import classes from '@/app/shell/shell.module.css';
import { useAccount } from '@/lib/session/account';

/** What stays around every page: the bar with the way to here, the navigation, the palette. */
export function Shell() {
  const { t } = useTranslation('app');
  const account = useAccount();
  const place = usePlace(account);
  const sections = sectionsFor(account, place);
  const [opened, navigation] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
      classNames={{ header: classes['header'] ?? '', navbar: classes['navbar'] ?? '', main: classes['main'] ?? '' }}
    >
      <a href="#content" className={classes['skip']}>
        {t('shell.skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="xs" wrap="nowrap" justify="space-between">
          <Group gap={6} wrap="nowrap" miw={0}>
            <Burger
              opened={opened}
              onClick={navigation.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('shell.navigation')}
            />
            <Link to="/" className={classes['mark']} aria-label={t('shell.start')}>
              <Mark />
            </Link>
            <Places place={place} />
          </Group>
          <Group gap="sm" wrap="nowrap">
            <PaletteButton />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar>
        <Navigation sections={sections} onLeave={navigation.close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <Palette sections={sections} />
    </AppShell>
  );
}
