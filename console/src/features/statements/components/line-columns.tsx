import { Code, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';
import type { Column } from '@/components/resource-table';
import { StateBadge } from '@/components/state-badge';
import type { StatementLine } from '@/features/statements/api/statements';
import { monthName } from '@/features/statements/components/month-name';
import { microKrw } from '@/lib/format/money';
import { useFormat } from '@/lib/format/use-format';
import { projectsQuery } from '@/lib/queries/projects';

/** Names of a tenant's projects; the id of one that is gone or may not be read. */
export function useProjectNames(tenantId: string): (projectId: string) => string {
  const { data } = useQuery(projectsQuery(tenantId));
  return useCallback(
    (projectId: string) => {
      const project = data?.find((known) => known.projectId === projectId);
      return project?.displayName || project?.name || projectId;
    },
    [data],
  );
}

/** What a line of a statement shows; amounts with all their digits. */
export function useLineColumns(nameOf: (projectId: string) => string): Column<StatementLine>[] {
  const { t } = useTranslation('statements');
  const format = useFormat();
  return [
    { key: 'project', header: t('column.project'), cell: (line) => <Project line={line} nameOf={nameOf} /> },
    { key: 'model', header: t('column.model'), cell: (line) => line.model },
    { key: 'kind', header: t('column.kind'), cell: (line) => t(`kind.${kindOf(line)}`) },
    { key: 'price', header: t('column.price'), cell: (line) => <Price line={line} /> },
    {
      key: 'tokens',
      header: t('column.tokens'),
      align: 'right',
      cell: (line) => format.count(Number(line.tokens ?? '0')),
    },
    {
      key: 'amount',
      header: t('column.amount'),
      align: 'right',
      cell: (line) => format.moneyExactly(microKrw(line.amountMicros)),
    },
  ];
}

/** The lines for a spreadsheet: tabs between fields, amounts in micro-won as the ledger has them. */
export function linesAsText(lines: readonly StatementLine[], nameOf: (projectId: string) => string): string {
  const head = ['project', 'model', 'price_id', 'usage_month', 'kind', 'tokens', 'price_micro_krw', 'amount_micro_krw'];
  const rows = lines.map((line) => [
    nameOf(line.projectId ?? ''),
    line.model ?? '',
    line.priceId ?? '',
    line.usageMonth ?? '',
    kindOf(line),
    line.tokens ?? '0',
    line.priceMicros ?? '0',
    line.amountMicros ?? '0',
  ]);
  return [head, ...rows].map((row) => row.map(cell).join('\t')).join('\n');
}

/** A name that a spreadsheet would run as a formula is made text; what would begin another cell is a space. */
function cell(value: string): string {
  const plain = value.replaceAll(/[\t\r\n]/g, ' ');
  return /^[=+\-@]/.test(plain) && Number.isNaN(Number(plain)) ? `'${plain}` : plain;
}

function kindOf(line: StatementLine) {
  return (line.kind ?? 'TOKEN_KIND_OTHER').replace('TOKEN_KIND_', '') as 'INPUT' | 'CACHED_INPUT' | 'OUTPUT' | 'OTHER';
}

interface ProjectProps {
  readonly line: StatementLine;
  readonly nameOf: (projectId: string) => string;
}

function Project({ line, nameOf }: ProjectProps) {
  const { t, i18n } = useTranslation('statements');
  return (
    <Group gap="xs">
      <Text fz="sm" fw={550}>
        {nameOf(line.projectId ?? '')}
      </Text>
      {line.late === true && (
        <StateBadge tone="warn" label={t('late.of', { month: monthName(line.usageMonth ?? '', i18n.language) })} />
      )}
    </Group>
  );
}

function Price({ line }: { readonly line: StatementLine }) {
  const { t } = useTranslation('statements');
  const format = useFormat();
  if (line.priceId === undefined || line.priceId === '') {
    return t('noPrice');
  }
  return (
    <Group gap={4} wrap="nowrap">
      <Text fz="sm">{t('perToken', { amount: format.moneyExactly(microKrw(line.priceMicros)) })}</Text>
      <Code fz={11}>{line.priceId.slice(-6)}</Code>
      <CopyButton value={line.priceId} what={t('column.priceId')} />
    </Group>
  );
}
