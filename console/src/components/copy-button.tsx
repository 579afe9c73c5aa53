import { ActionIcon, CopyButton as Copying, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface CopyButtonProps {
  readonly value: string;
  /** What is copied, for the button's accessible name. */
  readonly what?: string;
  readonly size?: 'sm' | 'md';
}

/** Copies a text and says so. */
export function CopyButton({ value, what, size = 'sm' }: CopyButtonProps) {
  const { t } = useTranslation('components');
  return (
    <Copying value={value} timeout={1600}>
      {({ copied, copy }) => {
        const label = copied ? t('copy.done') : t('copy.action', { what: what ?? '' }).trim();
        const Icon = copied ? IconCheck : IconCopy;
        return (
          <Tooltip label={label}>
            <ActionIcon variant="subtle" color={copied ? 'teal' : 'gray'} size={size} onClick={copy} aria-label={label}>
              <Icon size={size === 'sm' ? 14 : 16} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copying>
  );
}
