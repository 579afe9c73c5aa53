import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { useAuditEvents, usePlatformAuditEvents } from '@/features/audit/api/list-audit-events';
import { AuditTable } from '@/features/audit/components/audit-table';
import { useTenantId } from '@/lib/session/scope';

/** The kinds of things that acts are about, by the beginning of an act's name. */
const AREAS = ['apikey', 'member', 'invitation', 'project', 'secret', 'limit', 'agent', 'tenant'] as const;
const TYPING_PAUSE_MS = 300;

/** The audit log of a tenant. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const tenantId = useTenantId();
  const [area, setArea] = useState<string | null>(null);
  const [target, setTarget] = useState('');
  const [asked] = useDebouncedValue(target.trim(), TYPING_PAUSE_MS);
  const listing = useAuditEvents(tenantId, { actionPrefix: area === null ? '' : `${area}.`, target: asked });
  return (
    <Page title={t('title')} description={t('description')}>
      <Group mb="md" gap="xs">
        <Select
          size="xs"
          w={180}
          aria-label={t('filter.area')}
          placeholder={t('filter.all')}
          clearable
          data={AREAS.map((name) => ({ value: name, label: t(`area.${name}`) }))}
          value={area}
          onChange={setArea}
        />
        <TextInput
          size="xs"
          w={300}
          aria-label={t('filter.target')}
          placeholder={t('filter.target')}
          leftSection={<IconSearch size={14} />}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
          spellCheck={false}
        />
      </Group>
      <AuditTable listing={listing} />
    </Page>
  );
}

/** The installation's own audit log. */
export function PlatformAuditPage() {
  const { t } = useTranslation('audit');
  const listing = usePlatformAuditEvents();
  return (
    <Page title={t('platform.title')} description={t('platform.description')}>
      <AuditTable listing={listing} />
    </Page>
  );
}
