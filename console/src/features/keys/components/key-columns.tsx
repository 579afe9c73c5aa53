import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/resource-table';
import { StateBadge, type Tone } from '@/components/state-badge';
import { TimeText } from '@/components/time-text';
import type { KeyScope } from '@/features/keys/api/create-key';
import type { ApiKey } from '@/features/keys/api/list-keys';

const TONES: Record<string, Tone> = {
  KEY_STATE_ACTIVE: 'good',
  KEY_STATE_EXPIRED: 'warn',
  KEY_STATE_REVOKED: 'bad',
};

type KnownState = 'KEY_STATE_ACTIVE' | 'KEY_STATE_EXPIRED' | 'KEY_STATE_REVOKED';

/** What the table tells about a key; without `onRevoke` it offers nothing to do. */
export function useKeyColumns(onRevoke: ((key: ApiKey) => void) | undefined): Column<ApiKey>[] {
  const { t } = useTranslation('keys');
  const columns: Column<ApiKey>[] = [
    { key: 'name', header: t('column.name'), cell: (key) => <Name apiKey={key} /> },
    { key: 'state', header: t('column.state'), cell: (key) => <State apiKey={key} /> },
    { key: 'scopes', header: t('column.scopes'), cell: (key) => <Scopes apiKey={key} /> },
    {
      key: 'models',
      header: t('column.models'),
      cell: (key) => <Text fz="sm">{key.models?.length ? key.models.join(', ') : t('allModels')}</Text>,
    },
    { key: 'created', header: t('column.created'), cell: (key) => <TimeText time={key.createTime} /> },
    {
      key: 'expires',
      header: t('column.expires'),
      cell: (key) => (key.expireTime === undefined ? t('never') : <TimeText time={key.expireTime} />),
    },
  ];
  if (onRevoke === undefined) {
    return columns;
  }
  return [...columns, { key: 'actions', header: t('column.actions'), quiet: true, align: 'right', cell: revokeCell }];

  function revokeCell(key: ApiKey) {
    return (
      key.state === 'KEY_STATE_ACTIVE' && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-label={t('revoke.open', { name: key.displayName || key.prefix })}
          onClick={() => onRevoke?.(key)}
        >
          {t('revoke.action')}
        </Button>
      )
    );
  }
}

function Name({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t } = useTranslation('keys');
  return (
    <>
      <Text fz="sm" fw={550}>
        {apiKey.displayName || t('unnamed')}
      </Text>
      <Text fz="xs" c="dimmed" ff="monospace">
        {apiKey.prefix}
      </Text>
    </>
  );
}

function State({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t } = useTranslation('keys');
  const state = apiKey.state ?? '';
  return <StateBadge tone={TONES[state] ?? 'idle'} label={state in TONES ? t(`state.${state as KnownState}`) : '–'} />;
}

function Scopes({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t } = useTranslation('keys');
  return (
    <Group gap={4}>
      {(apiKey.scopes ?? []).map((scope) => (
        <Badge key={scope} variant="default" size="sm" tt="none" fw={500}>
          {t(`scope.${scope as KeyScope}`)}
        </Badge>
      ))}
    </Group>
  );
}
