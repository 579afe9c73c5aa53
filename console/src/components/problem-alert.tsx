import { Alert, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import { useProblemText } from '@/components/problem-text';
import { asProblem } from '@/lib/api/problem';

/** Other reasons of the same status say more than that the role is too small. */
const ROLE_DENIES = 'PERMISSION_DENIED';

interface ProblemAlertProps {
  /** What the call threw; nothing is shown for null. */
  readonly error: Error | null | undefined;
}

/** A refused write, beside the form that asked for it. */
export function ProblemAlert({ error }: ProblemAlertProps) {
  const { t } = useTranslation('components');
  const textOf = useProblemText();
  if (error === null || error === undefined) {
    return null;
  }
  const problem = asProblem(error);
  const { text, detail } = textOf(problem);
  return (
    <Alert role="alert" color="red" variant="light" ta="left" icon={<IconAlertTriangle size={18} />}>
      <Text fz="sm">{problem.reason === ROLE_DENIES ? t('denied.write') : text}</Text>
      {detail !== undefined && (
        <Text fz="xs" c="dimmed" mt={2}>
          {detail}
        </Text>
      )}
      {problem.violations.map((violation) => (
        <Text key={violation.field + violation.description} fz="xs" mt={4}>
          <code>{violation.field}</code> {violation.description}
        </Text>
      ))}
      {problem.requestId !== undefined && (
        <Group gap={6} mt={6}>
          <Text fz="xs" c="dimmed">
            {t('failed.requestId')}
          </Text>
          <CopyField plain value={problem.requestId} what={t('failed.requestId')} />
        </Group>
      )}
    </Alert>
  );
}
