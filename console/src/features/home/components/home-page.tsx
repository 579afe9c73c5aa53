import { Stack } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/panel';
import { Snippet } from '@/components/snippet';
import { Chat } from '@/features/home/components/chat';
import classes from '@/features/home/components/home-page.module.css';
import { NextSteps } from '@/features/home/components/next-steps';
import { chatModelsOf } from '@/features/home/components/chat-models';
import { projectAgentsQuery } from '@/lib/queries/agents';
import { installationQuery } from '@/lib/queries/installation';
import { tenantModelsQuery } from '@/lib/queries/tenant-models';
import { useCan } from '@/lib/session/account';
import { type ProjectScope, useProjectScope } from '@/lib/session/scope';
import { chatSnippets } from '@/lib/snippets';

/** Models come up by themselves after a start; the page notices. */
const PACE_MS = 5_000;

/** Where a person begins: a chat that works at once, and what to do next. */
export function HomePage() {
  const scope = useProjectScope();
  // Another project is another conversation.
  return <Home key={scope.projectId} scope={scope} />;
}

function Home({ scope }: { readonly scope: ProjectScope }) {
  const { t } = useTranslation('home');
  useDocumentTitle(`${t('title')} · EXAONE`);
  const models = useQuery({ ...tenantModelsQuery(scope.tenantId), refetchInterval: PACE_MS });
  const { data: agents = [] } = useQuery({ ...projectAgentsQuery(scope), enabled: useCan('agent.read') });
  const { data: installation } = useQuery(installationQuery);
  const [chosen, setChosen] = useState<string>();
  const offered = chatModelsOf(models.data ?? [], agents);
  const model = offered.find(({ name }) => name === chosen) ?? offered.find(({ ready }) => ready) ?? offered[0];
  return (
    <div className={classes['home']}>
      <h1 className={classes['title']}>{t('title')}</h1>
      <div className={classes['columns']}>
        <Chat
          scope={scope}
          models={offered}
          model={model}
          onModel={setChosen}
          loading={models.isPending}
          error={models.error}
        />
        <Stack gap="md" component="aside" aria-label={t('aside')}>
          <NextSteps scope={scope} />
          <Panel title={t('call.title')} description={t('call.description')}>
            <Snippet variants={chatSnippets(installation?.publicUrl, model?.name ?? 'MODEL', t('call.question'))} />
          </Panel>
        </Stack>
      </div>
    </div>
  );
}
