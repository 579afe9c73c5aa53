import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload, IconInfoCircle, IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import { ResourceTable } from '@/components/resource-table';
import { type Statement, statementFile, statementQuery } from '@/features/statements/api/statements';
import { linesAsText, useLineColumns, useProjectNames } from '@/features/statements/components/line-columns';
import { StatementTiles } from '@/features/statements/components/statement-tiles';
import { asProblem } from '@/lib/api/problem';
import { microKrw } from '@/lib/format/money';
import { useFormat } from '@/lib/format/use-format';
import { useCopy } from '@/lib/use-copy';

interface StatementViewProps {
  readonly tenantId: string;
  /** Undefined while it is not known which months there are. */
  readonly month: string | undefined;
}

/** The statement of one month: its sums, what is late about it, its lines. */
export function StatementView({ tenantId, month }: StatementViewProps) {
  const { t } = useTranslation('statements');
  const query = useQuery({ ...statementQuery(tenantId, month ?? ''), enabled: month !== undefined });
  const nameOf = useProjectNames(tenantId);
  const columns = useLineColumns(nameOf);
  if (query.isError) {
    return <FailurePanel problem={asProblem(query.error)} retry={() => void query.refetch()} />;
  }
  const statement = query.data;
  return (
    <Stack gap="lg">
      <StatementTiles statement={statement} />
      {statement !== undefined && <LateNotes statement={statement} />}
      <ResourceTable
        label={t('lines')}
        listing={{
          rows: statement && (statement.lines ?? []),
          problem: undefined,
          retry: () => undefined,
          more: undefined,
          loadingMore: false,
        }}
        columns={columns}
        rowKey={(line) => [line.projectId, line.model, line.priceId, line.usageMonth, line.kind].join(' ')}
        minWidth={860}
        empty={{ icon: <IconReceipt />, title: t('noLines.title'), description: t('noLines.description') }}
      />
      {statement?.lines !== undefined && statement.lines.length > 0 && (
        <Actions tenantId={tenantId} statement={statement} nameOf={nameOf} />
      )}
    </Stack>
  );
}

interface ActionsProps {
  readonly tenantId: string;
  readonly statement: Statement;
  readonly nameOf: (projectId: string) => string;
}

function Actions({ tenantId, statement, nameOf }: ActionsProps) {
  const { t } = useTranslation('statements');
  const { copied, copy } = useCopy();
  const month = statement.month ?? '';
  return (
    <Group gap="xs">
      <Button
        component="a"
        href={statementFile(tenantId, month)}
        download={`statement-${month}.csv`}
        variant="default"
        size="xs"
        leftSection={<IconDownload size={14} />}
      >
        {t('download')}
      </Button>
      <Button
        variant="default"
        size="xs"
        leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        onClick={() => copy(linesAsText(statement.lines ?? [], nameOf))}
      >
        {copied ? t('copied') : t('copy')}
      </Button>
      <Text fz="xs" c="dimmed">
        {t('zone', { zone: statement.timeZone ?? '' })}
      </Text>
    </Group>
  );
}

/** What came late: to this statement from earlier months, or of this month to later ones. */
function LateNotes({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation('statements');
  const format = useFormat();
  const late = microKrw(statement.lateAmountMicros);
  const later = Number(statement.laterRequests ?? '0');
  return (
    <>
      {late !== 0n && (
        <Alert variant="light" color="yellow" icon={<IconInfoCircle size={18} />}>
          {t('late.here', { amount: format.moneyExactly(late) })}
        </Alert>
      )}
      {later > 0 && (
        <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} />}>
          {t('late.later', {
            requests: format.count(later),
            amount: format.moneyExactly(microKrw(statement.laterAmountMicros)),
          })}
        </Alert>
      )}
    </>
  );
}
