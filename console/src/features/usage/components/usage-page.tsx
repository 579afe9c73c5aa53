import { Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import { Page } from '@/components/page';
import { TimeRangePicker } from '@/components/time-range-picker';
import { useUsage } from '@/features/usage/api/query-usage';
import type { Measure } from '@/features/usage/components/group-totals';
import { totalOf } from '@/features/usage/components/group-totals';
import { UsageBreakdown } from '@/features/usage/components/usage-breakdown';
import { UsageControls } from '@/features/usage/components/usage-controls';
import { UsageTiles } from '@/features/usage/components/usage-tiles';
import { asProblem } from '@/lib/api/problem';
import { intervalFor, resolveRange } from '@/lib/format/time-range';
import { useTenantZone } from '@/lib/session/account';
import { useTenantId } from '@/lib/session/scope';

/** What a tenant used and what it costs. */
export function UsagePage() {
  const { t } = useTranslation('usage');
  const tenantId = useTenantId();
  const zone = useTenantZone();
  const { range: choice = '30d', group: dimension = 'MODEL', project = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [chosen, setMeasure] = useState<Measure>();
  const [now] = useState(() => new Date());
  const range = resolveRange(choice, now, zone);
  const usage = useUsage({ tenantId, range, dimension, projectId: project });
  const sums = usage.data?.sums ?? [];
  const total = usage.data === undefined ? undefined : totalOf(usage.data.total ?? {});
  // Where nothing has a price yet, requests say more than a row of zeros.
  const measure = chosen ?? (total?.amount === 0n ? 'requests' : 'cost');
  return (
    <Page
      title={t('title')}
      description={t('description')}
      actions={
        <TimeRangePicker
          value={choice}
          zone={zone}
          onChange={(next) => void navigate({ to: '.', search: (old) => ({ ...old, range: next }) })}
        />
      }
    >
      {usage.isError ? (
        <FailurePanel problem={asProblem(usage.error)} retry={() => void usage.refetch()} />
      ) : (
        <Stack gap="lg">
          <UsageTiles total={total} />
          <UsageControls
            dimension={dimension}
            onDimension={(group) => void navigate({ to: '.', search: (old) => ({ ...old, group }) })}
            project={project}
            onProject={(chosen) => void navigate({ to: '.', search: (old) => ({ ...old, project: chosen }) })}
            measure={measure}
            onMeasure={setMeasure}
          />
          <UsageBreakdown
            sums={usage.data === undefined ? undefined : sums}
            dimension={dimension}
            measure={measure}
            interval={intervalFor(range)}
            range={range}
            zone={zone}
          />
        </Stack>
      )}
    </Page>
  );
}
