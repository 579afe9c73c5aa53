import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconDeviceFloppy, IconRocket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeArea } from '@/components/code-area';
import { FailurePanel } from '@/components/failure-panel';
import { FormDialog } from '@/components/form-dialog';
import { Panel } from '@/components/panel';
import { ProblemAlert } from '@/components/problem-alert';
import { TimeText } from '@/components/time-text';
import { type Agent, type AgentScope, type Draft, draftQuery, useSetDraft } from '@/features/agents/api/agents';
import { releasesQuery } from '@/features/agents/api/releases';
import { AskAgent } from '@/features/agents/components/ask-agent';
import { DeployForm } from '@/features/agents/components/deploy-form';
import { starterSpecification } from '@/features/agents/components/starter-specification';
import { asProblem } from '@/lib/api/problem';
import { tenantModelsQuery } from '@/lib/queries/tenant-models';
import { useCan } from '@/lib/session/account';

interface SpecificationTabProps {
  readonly agent: Agent;
  readonly scope: AgentScope;
}

/** The working copy of an agent's specification: read, change, try, deploy. */
export function SpecificationTab({ agent, scope }: SpecificationTabProps) {
  const draft = useQuery(draftQuery(scope));
  const releases = useQuery(releasesQuery(scope));
  const models = useQuery(tenantModelsQuery(scope.tenantId));
  const failure = draft.error ?? releases.error;
  if (failure !== null) {
    return <FailurePanel problem={asProblem(failure)} retry={() => void draft.refetch()} />;
  }
  if (draft.data === undefined || releases.data === undefined || models.isPending) {
    return <Skeleton height={360} radius="md" />;
  }
  const model = models.data?.find(({ capabilities }) => capabilities?.includes('MODEL_CAPABILITY_CHAT'))?.name ?? '';
  const begin =
    draft.data?.specification ?? releases.data[0]?.specification ?? starterSpecification(agent.name ?? '', model);
  return <Editor key={scope.agentId} scope={scope} draft={draft.data} begin={begin} />;
}

interface EditorProps {
  readonly scope: AgentScope;
  readonly draft: Draft | null;
  readonly begin: string;
}

function Editor({ scope, draft, begin }: EditorProps) {
  const { t } = useTranslation('agents');
  const mayWrite = useCan('agent.write');
  const mayRun = useCan('agent.run');
  const [text, setText] = useState(begin);
  const [deploying, deploy] = useDisclosure(false);
  const save = useSetDraft(scope);
  const saved = draft?.specification === text;
  const store = () =>
    save.mutate(text, { onSuccess: () => notifications.show({ color: 'teal', message: t('specification.saved') }) });
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Text fz="sm" c="dimmed">
          {saved ? (
            <>
              {t('specification.savedAt')} <TimeText time={draft.updateTime} />
            </>
          ) : (
            t('specification.unsaved')
          )}
        </Text>
        {mayWrite && (
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconDeviceFloppy size={16} />}
              disabled={saved}
              loading={save.isPending}
              onClick={store}
            >
              {t('specification.save')}
            </Button>
            <Button leftSection={<IconRocket size={16} />} onClick={deploy.open}>
              {t('deploy.open')}
            </Button>
          </Group>
        )}
      </Group>
      <ProblemAlert error={save.error} />
      <CodeArea label={t('tab.specification')} value={text} onChange={setText} readOnly={!mayWrite} />
      {mayRun && (
        <Panel title={t('ask.draftTitle')} description={saved ? t('ask.draft') : t('ask.saveFirst')}>
          <AskAgent scope={scope} source="draft" disabled={!saved} />
        </Panel>
      )}
      <FormDialog opened={deploying} onClose={deploy.close} title={t('deploy.title')}>
        <DeployForm scope={scope} specification={text} onClose={deploy.close} />
      </FormDialog>
    </Stack>
  );
}
