import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '@/components/secret-once.module.css';

interface SecretOnceProps {
  readonly label: string;
  readonly value: string;
}

/** A secret that the platform shows this one time: large, selectable, with a copy button. */
export function SecretOnce({ label, value }: SecretOnceProps) {
  const { t } = useTranslation('components');
  return (
    <Stack gap={6}>
      <Text fz="sm" fw={550} id="secret-once-label">
        {label}
      </Text>
      <Group gap="xs" wrap="nowrap" align="stretch">
        <output className={classes['secret']} aria-labelledby="secret-once-label">
          {value}
        </output>
        <CopyButton value={value} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              h="auto"
              color={copied ? 'teal' : 'ink'}
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
              data-autofocus
            >
              {copied ? t('copy.done') : t('copy.short')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}

/** Says that what is shown will not be shown again. */
export function OnceNotice({ text }: { readonly text: string }) {
  return (
    <Alert color="yellow" variant="light" icon={<IconEyeOff size={18} />} py="xs">
      {text}
    </Alert>
  );
}
