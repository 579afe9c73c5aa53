import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCoin, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/components/form-dialog';
import { Page } from '@/components/page';
import { type Column, ResourceTable } from '@/components/resource-table';
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
  const [creating, create] = useDisclosure(false);
  const columns = useColumns();
  const createButton = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={create.open}>
      {t('create.open')}
    </Button>
  );
  return (
    <Page title={t('title')} description={t('description')} actions={createButton}>
      <ResourceTable
        label={t('title')}
        listing={prices}
        columns={columns}
        rowKey={(price) => price.priceId ?? ''}
        minWidth={820}
        empty={{
          icon: <IconCoin />,
          title: t('empty.title'),
          description: t('empty.description'),
          action: createButton,
        }}
      />
      <FormDialog opened={creating} onClose={create.close} title={t('create.title')}>
        <CreatePriceForm onClose={create.close} />
      </FormDialog>
    </Page>
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
