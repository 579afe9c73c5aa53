import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconMapQuestion, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import { useProblemText } from '@/components/problem-text';
import { StatePanel } from '@/components/state-panel';
import type { Problem } from '@/lib/api/problem';

interface FailurePanelProps {
  readonly problem: Problem;
  readonly retry?: () => void;
}

/** Why something cannot be shown: not allowed, not there, or failed, with what helps next. */
export function FailurePanel({ problem, retry }: FailurePanelProps) {
  const { t } = useTranslation('components');
  const textOf = useProblemText();
  if (problem.denied) {
    return (
      <StatePanel
        icon={<IconLock />}
        color="gray"
        role="alert"
        title={t('denied.title')}
        description={t('denied.description')}
      />
    );
  }
  if (problem.missing) {
    return (
      <StatePanel
        icon={<IconMapQuestion />}
        color="gray"
        role="alert"
        title={t('missing.title')}
        description={t('missing.description')}
      />
    );
  }
  const { text, detail } = textOf(problem);
  return (
    <StatePanel
      icon={<IconAlertTriangle />}
      color="red"
      role="alert"
      title={t('failed.title')}
      description={
        <>
          {text} {detail}
        </>
      }
    >
      {retry !== undefined && (
        <Button variant="default" leftSection={<IconRefresh size={15} />} onClick={retry}>
          {t('failed.retry')}
        </Button>
      )}
      {problem.requestId !== undefined && (
        <Group gap={8} justify="center" w="100%" mt={4}>
          <Text fz="xs" c="dimmed">
            {t('failed.requestId')}
          </Text>
          <CopyField value={problem.requestId} what={t('failed.requestId')} />
        </Group>
      )}
    </StatePanel>
  );
}
