import { Group, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconBook,
  IconCheck,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '@/app/i18n/language';
import { switchLanguage } from '@/app/i18n/start';
import { PersonAvatar } from '@/components/person-avatar';
import { useProblemText } from '@/components/problem-text';
import { asProblem } from '@/lib/api/problem';
import { useAccount } from '@/lib/session/account';
import { signOut } from '@/lib/session/sign-in';

const SCHEMES = [
  { name: 'light', icon: IconSun },
  { name: 'dark', icon: IconMoon },
  { name: 'auto', icon: IconDeviceDesktop },
] as const;

const LANGUAGE_NAMES = { ko: '한국어', en: 'English' } as const;

/** Who is signed in, and the choices that are theirs: language, colours, leaving. */
export function AccountMenu() {
  const { t } = useTranslation('app');
  const account = useAccount();
  const textOf = useProblemText();
  const name = account.displayName || account.email || '';
  const leave = () =>
    void signOut().catch((error: unknown) =>
      notifications.show({ color: 'red', message: textOf(asProblem(error)).text }),
    );
  return (
    <Menu position="bottom-end" width={248}>
      <Menu.Target>
        <UnstyledButton aria-label={t('account.menu', { name })} style={{ borderRadius: '50%' }}>
          <PersonAvatar name={name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Group px="sm" py={8} gap={0} style={{ flexDirection: 'column', alignItems: 'flex-start' }}>
          <Text fz="sm" fw={600}>
            {name}
          </Text>
          {account.email !== name && (
            <Text fz="xs" c="dimmed">
              {account.email}
            </Text>
          )}
        </Group>
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item component="a" href="/api/reference" leftSection={<IconBook size={16} />}>
          {t('account.reference')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={leave}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageItems() {
  const { t, i18n } = useTranslation('app');
  return (
    <>
      <Menu.Label>{t('account.language')}</Menu.Label>
      {LANGUAGES.map((language) => (
        <Menu.Item
          key={language}
          lang={language}
          leftSection={<IconLanguage size={16} />}
          rightSection={i18n.language === language ? <IconCheck size={14} aria-label={t('account.chosen')} /> : null}
          onClick={() => void switchLanguage(i18n, language)}
        >
          {LANGUAGE_NAMES[language]}
        </Menu.Item>
      ))}
    </>
  );
}

function SchemeItems() {
  const { t } = useTranslation('app');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('account.scheme')}</Menu.Label>
      {SCHEMES.map(({ name, icon: Icon }) => (
        <Menu.Item
          key={name}
          leftSection={<Icon size={16} />}
          rightSection={colorScheme === name ? <IconCheck size={14} aria-label={t('account.chosen')} /> : null}
          onClick={() => setColorScheme(name)}
        >
          {t(`account.schemes.${name}`)}
        </Menu.Item>
      ))}
    </>
  );
}
