import { ActionIcon, Button, Group, Input, NumberInput, Select, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TenantShare } from '@/features/models/api/models';

const MOST_WEIGHT = 1_000;

/** The field of the form. */
export interface TenantSharesInput {
  readonly value: TenantShare[];
  readonly onChange: (next: TenantShare[]) => void;
  readonly error?: ReactNode;
}

interface TenantSharesFieldProps {
  readonly tenants: { value: string; label: string }[];
  readonly input: TenantSharesInput;
}

/** Which tenants weigh more than others while the model is busy. */
export function TenantSharesField({ tenants, input }: TenantSharesFieldProps) {
  const { t } = useTranslation('models');
  const { value: shares, onChange: change, error } = input;
  const others = tenants.filter(({ value }) => !shares.some((share) => share.tenantId === value));
  return (
    <Input.Wrapper label={t('shares.label')} description={t('shares.hint')} error={error}>
      <Stack gap={8} mt={8}>
        {shares.map((share, index) => (
          <Group key={share.tenantId} wrap="nowrap">
            <Select
              aria-label={t('shares.tenant')}
              data={tenants.filter(({ value }) => value === share.tenantId || others.some((o) => o.value === value))}
              value={share.tenantId}
              onChange={(tenantId) => {
                if (tenantId !== null) {
                  change(shares.with(index, { ...share, tenantId }));
                }
              }}
              allowDeselect={false}
              searchable
              flex={1}
            />
            <NumberInput
              aria-label={t('shares.weight')}
              min={1}
              max={MOST_WEIGHT}
              allowDecimal={false}
              value={share.weight}
              onChange={(weight) => {
                change(shares.with(index, { ...share, weight: Number(weight) || 1 }));
              }}
              w={110}
            />
            <ActionIcon
              variant="subtle"
              aria-label={t('shares.remove')}
              onClick={() => {
                change(shares.toSpliced(index, 1));
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            disabled={others.length === 0}
            onClick={() => {
              change([...shares, { tenantId: others[0]?.value ?? '', weight: 2 }]);
            }}
          >
            {t('shares.add')}
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}
