import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '@/lib/use-copy';

interface CopyButtonProps {
  readonly value: string;
  /** What is copied, for the button's accessible name. */
  readonly what?: string;
}

/** Copies a text and says so. */
export function CopyButton({ value, what = '' }: CopyButtonProps) {
  const { t } = useTranslation('components');
  const { copied, copy } = useCopy();
  const label = copied ? t('copy.done') : t('copy.action', { what }).trim();
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color={copied ? 'teal' : 'gray'}
        size="sm"
        onClick={() => copy(value)}
        aria-label={label}
      >
        <Icon size={14} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}
