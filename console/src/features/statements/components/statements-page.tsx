import { Select } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import { Page } from '@/components/page';
import { StatePanel } from '@/components/state-panel';
import { useStatements } from '@/features/statements/api/statements';
import { monthName } from '@/features/statements/components/month-name';
import { StatementView } from '@/features/statements/components/statement-view';
import { useTenantId } from '@/lib/session/scope';

/** What a tenant's calls of each month cost, to the last unit. */
export function StatementsPage() {
  const { t, i18n } = useTranslation('statements');
  const tenantId = useTenantId();
  const statements = useStatements(tenantId);
  const navigate = useNavigate();
  const { month: chosen } = useSearch({ strict: false });
  const months = statements.rows?.map((statement) => statement.month ?? '');
  const month = chosen ?? months?.[0];
  const choices = month === undefined || months?.includes(month) === true ? (months ?? []) : [month, ...(months ?? [])];
  return (
    <Page
      title={t('title')}
      description={t('description')}
      actions={
        month !== undefined && (
          <Select
            size="xs"
            w={180}
            aria-label={t('month')}
            allowDeselect={false}
            data={choices.map((value) => ({ value, label: monthName(value, i18n.language) }))}
            value={month}
            onChange={(next) => void navigate({ to: '.', search: (old) => ({ ...old, month: next ?? undefined }) })}
          />
        )
      }
    >
      {statements.problem !== undefined && statements.rows === undefined ? (
        <FailurePanel problem={statements.problem} retry={statements.retry} />
      ) : statements.rows !== undefined && month === undefined ? (
        <StatePanel icon={<IconReceipt />} color="gray" title={t('empty.title')} description={t('empty.description')} />
      ) : (
        <StatementView tenantId={tenantId} month={month} />
      )}
    </Page>
  );
}
