import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import { FormDialog } from '@/components/form-dialog';
import { Page } from '@/components/page';
import { type Limit, limitsQuery, type Subject } from '@/features/limits/api/limits';
import { CreateLimitForm, EditLimitForm } from '@/features/limits/components/limit-forms';
import { LimitTree, type LimitSteps } from '@/features/limits/components/limit-tree';
import { RaiseLimitForm } from '@/features/limits/components/raise-limit-form';
import { RemoveLimitDialog } from '@/features/limits/components/remove-limit-dialog';
import { asProblem } from '@/lib/api/problem';
import { useTenantId } from '@/lib/session/scope';

/** The limits of a tenant, as they nest: tenant, projects, keys. */
export function LimitsPage() {
  const { t } = useTranslation('limits');
  const tenantId = useTenantId();
  const { data: limits, error, refetch } = useQuery(limitsQuery(tenantId));
  const [adding, setAdding] = useState<{ subject: Subject; name: string }>();
  const [editing, setEditing] = useState<Limit>();
  const [raising, setRaising] = useState<Limit>();
  const [removing, setRemoving] = useState<Limit>();
  const steps: LimitSteps = {
    onAdd: (subject, name) => setAdding({ subject, name }),
    onEdit: setEditing,
    onRaise: setRaising,
    onRemove: setRemoving,
  };
  return (
    <Page title={t('title')} description={t('description')}>
      {error !== null && limits === undefined ? (
        <FailurePanel problem={asProblem(error)} retry={() => void refetch()} />
      ) : (
        <Stack gap="md">
          {limits === undefined ? <Skeleton height={280} radius="lg" /> : <LimitTree limits={limits} steps={steps} />}
        </Stack>
      )}
      <FormDialog
        opened={adding !== undefined}
        onClose={() => setAdding(undefined)}
        title={t('create.title', { name: adding?.name })}
      >
        {adding !== undefined && <CreateLimitForm subject={adding.subject} onClose={() => setAdding(undefined)} />}
      </FormDialog>
      <FormDialog opened={editing !== undefined} onClose={() => setEditing(undefined)} title={t('edit.title')}>
        {editing !== undefined && (
          <EditLimitForm tenantId={tenantId} limit={editing} onClose={() => setEditing(undefined)} />
        )}
      </FormDialog>
      <FormDialog opened={raising !== undefined} onClose={() => setRaising(undefined)} title={t('raise.title')}>
        {raising !== undefined && (
          <RaiseLimitForm tenantId={tenantId} limit={raising} onClose={() => setRaising(undefined)} />
        )}
      </FormDialog>
      <RemoveLimitDialog tenantId={tenantId} limit={removing} onClose={() => setRemoving(undefined)} />
    </Page>
  );
}
