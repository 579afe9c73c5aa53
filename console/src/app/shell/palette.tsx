import { Kbd, Text, UnstyledButton } from '@mantine/core';
import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconBuildingSkyscraper, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Section } from '@/app/shell/destinations';
import classes from '@/app/shell/palette.module.css';
import { useAccount } from '@/lib/session/account';

const SHORTCUT = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

/** Opens the palette; says which keys do so too. */
export function PaletteButton() {
  const { t } = useTranslation('app');
  return (
    <UnstyledButton className={classes['button']} onClick={() => spotlight.open()} visibleFrom="sm">
      <IconSearch size={15} aria-hidden />
      <Text component="span" fz="sm" c="dimmed" flex={1}>
        {t('palette.open')}
      </Text>
      <Kbd size="xs">{SHORTCUT}</Kbd>
    </UnstyledButton>
  );
}

/** Goes anywhere by typing: every page of the navigation, every tenant. */
export function Palette({ sections }: { readonly sections: readonly Section[] }) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const account = useAccount();
  const pages: SpotlightActionGroupData[] = sections.map((section) => ({
    group: t(`section.${section.name}`),
    actions: section.destinations.map(({ name, to, icon: Icon }) => ({
      id: name,
      label: t(`nav.${name}`),
      keywords: [name],
      leftSection: <Icon size={18} stroke={1.6} />,
      onClick: () => void navigate({ to }),
    })),
  }));
  const tenants: SpotlightActionGroupData = {
    group: t('palette.tenants'),
    actions: (account.memberships ?? []).map((membership) => ({
      id: `tenant-${membership.tenantId ?? ''}`,
      label: membership.tenantDisplayName || membership.tenantName || '',
      keywords: [membership.tenantName ?? ''],
      leftSection: <IconBuildingSkyscraper size={18} stroke={1.6} />,
      onClick: () => void navigate({ to: '/t/$tenantId', params: { tenantId: membership.tenantId ?? '' } }),
    })),
  };
  return (
    <Spotlight
      shortcut={['mod + K', '/']}
      actions={[...pages, tenants]}
      nothingFound={t('palette.none')}
      highlightQuery
      limit={12}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('palette.placeholder') }}
    />
  );
}
