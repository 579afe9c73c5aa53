import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChatModel } from '@/features/home/components/chat-models';

interface ModelPickerProps {
  readonly models: readonly ChatModel[];
  readonly model: ChatModel | undefined;
  readonly onModel: (name: string) => void;
}

/** Chooses whom to talk to: a model, or an agent of the project. */
export function ModelPicker({ models, model, onModel }: ModelPickerProps) {
  const { t } = useTranslation('home');
  const option = (one: ChatModel) => ({
    value: one.name,
    label: one.ready ? one.label : t('model.notReady', { name: one.label }),
  });
  const groups = [
    { group: t('model.models'), items: models.filter(({ agent }) => !agent).map(option) },
    { group: t('model.agents'), items: models.filter(({ agent }) => agent).map(option) },
  ];
  return (
    <Select
      variant="unstyled"
      fw={600}
      aria-label={t('model.label')}
      placeholder={t('model.none')}
      data={groups.filter(({ items }) => items.length > 0)}
      value={model?.name ?? null}
      onChange={(name) => name !== null && onModel(name)}
      comboboxProps={{ width: 320, position: 'bottom-start', shadow: 'md' }}
      styles={{ input: { fontWeight: 600, paddingLeft: 10, width: 300 } }}
      disabled={models.length === 0}
    />
  );
}
