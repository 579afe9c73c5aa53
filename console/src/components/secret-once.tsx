import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '@/components/secret-once.module.css';
import { useCopy } from '@/lib/use-copy';

interface SecretOnceProps {
  readonly label: string;
  readonly value: string;
}

/** A secret that the platform shows this one time: selectable as a whole, with a copy button. */
export function SecretOnce({ label, value }: SecretOnceProps) {
  const { t } = useTranslation('components');
  const { copied, copy } = useCopy();
  const id = useId();
  return (
    <Stack gap={6}>
      <Text fz="sm" fw={550} id={id}>
        {label}
      </Text>
      <Group gap="xs" wrap="nowrap" align="stretch">
        <output className={classes['secret']} aria-labelledby={id}>
          {value}
        </output>
        <Button
          h="auto"
          miw={104}
          color={copied ? 'teal' : 'ink'}
          leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => copy(value)}
          data-autofocus
        >
          {copied ? t('copy.done') : t('copy.short')}
        </Button>
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
