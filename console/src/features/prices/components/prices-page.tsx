import { Text } from '@mantine/core';
import { IconCoin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ResourcePage } from '@/components/resource-page';
import type { Column } from '@/components/resource-table';
import { StateBadge } from '@/components/state-badge';
import { TimeText } from '@/components/time-text';
import { type Price, usePrices } from '@/features/prices/api/prices';
import { CreatePriceForm } from '@/features/prices/components/create-price-form';
import { microKrw } from '@/lib/format/money';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/account';

const THOUSAND = 1_000n;

/** What models cost, now, before and from later moments on. */
export function PricesPage() {
  const { t } = useTranslation('prices');
  const prices = usePrices();
  const mayWrite = useCan('platform.price.write');
  const columns = useColumns();
  return (
    <ResourcePage
      title={t('title')}
      description={t('description')}
      listing={prices}
      columns={columns}
      rowKey={(price) => price.priceId ?? ''}
      minWidth={820}
      empty={{ icon: <IconCoin />, title: t('empty.title'), description: t('empty.description') }}
      creation={
        mayWrite
          ? {
              action: t('create.open'),
              title: t('create.title'),
              form: (close) => <CreatePriceForm onClose={close} />,
            }
          : undefined
      }
    />
  );
}

function useColumns(): Column<Price>[] {
  const { t } = useTranslation('prices');
  const format = useFormat();
  const perThousand = (micros: string | undefined) => format.moneyExactly(microKrw(micros) * THOUSAND);
  return [
    {
      key: 'model',
      header: t('column.model'),
      cell: (price) => (
        <Text fz="sm" fw={550}>
          {price.model}
        </Text>
      ),
    },
    { key: 'state', header: t('column.state'), cell: (price) => <State price={price} /> },
    { key: 'input', header: t('column.input'), align: 'right', cell: (price) => perThousand(price.inputMicros) },
    {
      key: 'cached',
      header: t('column.cached'),
      align: 'right',
      cell: (price) => perThousand(price.cachedInputMicros),
    },
    { key: 'output', header: t('column.output'), align: 'right', cell: (price) => perThousand(price.outputMicros) },
    { key: 'from', header: t('column.from'), cell: (price) => <TimeText time={price.effectiveTime} /> },
  ];
}

function State({ price }: { readonly price: Price }) {
  const { t } = useTranslation('prices');
  if (price.current === true) {
    return <StateBadge tone="good" label={t('state.current')} />;
  }
  const isLater = price.effectiveTime !== undefined && new Date(price.effectiveTime) > new Date();
  return <StateBadge tone={isLater ? 'busy' : 'idle'} label={isLater ? t('state.later') : t('state.earlier')} />;
}
