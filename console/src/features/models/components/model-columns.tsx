import { Badge, Button, Group, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/resource-table';
import type { Capability } from '@/features/models/api/models';
import { useFormat } from '@/lib/format/use-format';
import type { Model } from '@/lib/queries/models';

interface Steps {
  readonly onEdit: (model: Model) => void;
  readonly onDelete: (model: Model) => void;
}

/** What the table tells about a model; without steps it offers nothing to do. */
export function useModelColumns(steps: Steps | undefined): Column<Model>[] {
  const { t } = useTranslation('models');
  const format = useFormat();
  const columns: Column<Model>[] = [
    { key: 'name', header: t('column.name'), cell: (model) => <Name model={model} /> },
    { key: 'can', header: t('column.capabilities'), cell: (model) => <Capabilities model={model} /> },
    {
      key: 'context',
      header: t('column.context'),
      align: 'right',
      cell: (model) => (model.contextTokens ? format.count(model.contextTokens) : '–'),
    },
    {
      key: 'visible',
      header: t('column.visible'),
      cell: (model) =>
        model.tenantIds?.length ? t('visible.some', { count: model.tenantIds.length }) : t('visible.all'),
    },
    { key: 'licence', header: t('column.licence'), cell: (model) => model.licence || '–' },
  ];
  if (steps === undefined) {
    return columns;
  }
  const cell = (model: Model) => (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => steps.onEdit(model)}>
        {t('edit.open')}
      </Button>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => steps.onDelete(model)}>
        {t('delete.action')}
      </Button>
    </Group>
  );
  return [...columns, { key: 'actions', header: t('column.actions'), quiet: true, align: 'right', cell }];
}

function Name({ model }: { readonly model: Model }) {
  const { t } = useTranslation('models');
  return (
    <>
      <Group gap={8}>
        <Text fz="sm" fw={550}>
          {model.displayName || model.name}
        </Text>
        {model.builtIn === true && (
          <Tooltip label={t('builtInHint')} multiline maw={280}>
            <Badge variant="default" size="sm" tt="none">
              {t('builtIn')}
            </Badge>
          </Tooltip>
        )}
      </Group>
      <Text fz="xs" c="dimmed" ff="monospace">
        {model.name}
      </Text>
    </>
  );
}

function Capabilities({ model }: { readonly model: Model }) {
  const { t } = useTranslation('models');
  return (
    <Group gap={4}>
      {(model.capabilities ?? []).map((capability) => (
        <Badge key={capability} variant="default" size="sm" tt="none" fw={500}>
          {t(`capability.${capability as Capability}`)}
        </Badge>
      ))}
    </Group>
  );
}
