import { SimpleGrid, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MoneyText } from '@/components/money-text';
import type { GroupTotal } from '@/features/usage/components/group-totals';
import classes from '@/features/usage/components/usage-tiles.module.css';
import { useFormat } from '@/lib/format/use-format';

/** The sums of the whole range at a glance. */
export function UsageTiles({ total }: { readonly total: GroupTotal | undefined }) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Tile label={t('tile.cost')} value={total && <MoneyText micro={total.amount} />} />
      <Tile
        label={t('tile.requests')}
        value={total && format.count(total.requests)}
        note={total && t('tile.refused', { share: format.share(total.refused, total.requests) })}
      />
      <Tile label={t('tile.input')} value={total && format.compact(total.inputTokens)} note={t('tile.tokens')} />
      <Tile label={t('tile.output')} value={total && format.compact(total.outputTokens)} note={t('tile.tokens')} />
    </SimpleGrid>
  );
}

interface TileProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: string | undefined;
}

function Tile({ label, value, note }: TileProps) {
  return (
    <div className={classes['tile']}>
      <Text fz="xs" c="dimmed" fw={500}>
        {label}
      </Text>
      <Text component="div" className={classes['value'] ?? ''}>
        {value ?? <Skeleton height={26} width={96} mt={4} />}
      </Text>
      <Text fz="xs" c="dimmed">
        {note}
      </Text>
    </div>
  );
}
