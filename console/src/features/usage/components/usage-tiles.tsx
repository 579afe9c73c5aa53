import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MoneyText } from '@/components/money-text';
import { Tile } from '@/components/tile';
import type { GroupTotal } from '@/features/usage/components/group-totals';
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
