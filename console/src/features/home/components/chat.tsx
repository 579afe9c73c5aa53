import { ActionIcon, Group, Skeleton, Tooltip } from '@mantine/core';
import { IconEdit } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import { useConversation } from '@/features/home/api/use-conversation';
import type { ChatModel } from '@/features/home/components/chat-models';
import classes from '@/features/home/components/chat.module.css';
import { ChatNotice } from '@/features/home/components/chat-notice';
import { Composer } from '@/features/home/components/composer';
import { ExchangeView } from '@/features/home/components/exchange-view';
import { ModelPicker } from '@/features/home/components/model-picker';
import { Welcome } from '@/features/home/components/welcome';
import { asProblem } from '@/lib/api/problem';
import { useCan } from '@/lib/session/account';
import type { ProjectScope } from '@/lib/session/scope';

interface ChatProps {
  readonly scope: ProjectScope;
  readonly models: readonly ChatModel[];
  readonly model: ChatModel | undefined;
  readonly onModel: (name: string) => void;
  readonly loading: boolean;
  readonly error: Error | null;
}

/** A conversation with a model or an agent, by the same pipeline that callers use. */
export function Chat({ scope, models, model, onModel, loading, error }: ChatProps) {
  const { t } = useTranslation('home');
  const { exchanges, busy, ask, stop, clear } = useConversation(scope);
  const mayChat = useCan('chat.use');
  const ready = mayChat && model?.ready === true;
  const askModel = (question: string) => {
    if (model !== undefined) {
      ask(question, model.name);
    }
  };
  return (
    <section className={classes['chat']} aria-label={t('chat.label')}>
      <Group justify="space-between" className={classes['bar'] ?? ''} wrap="nowrap">
        {loading ? (
          <Skeleton width={200} height={28} />
        ) : (
          <ModelPicker models={models} model={model} onModel={onModel} />
        )}
        <Tooltip label={t('chat.clear')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('chat.clear')}
            disabled={busy}
            display={exchanges.length === 0 ? 'none' : undefined}
            onClick={clear}
          >
            <IconEdit size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Log follow={exchanges}>
        {error !== null && <FailurePanel problem={asProblem(error)} />}
        {error === null && exchanges.length === 0 && <Welcome ready={ready} onAsk={askModel} />}
        {exchanges.map((exchange, index) => (
          <ExchangeView key={index} exchange={exchange} scope={scope} />
        ))}
      </Log>
      <div className={classes['foot']}>
        <ChatNotice model={model} mayChat={mayChat} loading={loading} />
        <Composer ready={ready} busy={busy} onAsk={askModel} onStop={stop} />
      </div>
    </section>
  );
}

interface LogProps {
  /** Changes when something was added. */
  readonly follow: unknown;
  readonly children: ReactNode;
}

const NEAR_END_PX = 96;

/** Scrolls along with an answer, unless the reader has scrolled back. */
function Log({ follow, children }: LogProps) {
  const { t } = useTranslation('home');
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (atEnd.current) {
      box.current?.scrollTo({ top: box.current.scrollHeight });
    }
  }, [follow]);
  const notice = () => {
    if (box.current !== null) {
      const { scrollHeight, scrollTop, clientHeight } = box.current;
      atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    }
  };
  return (
    <div
      ref={box}
      className={classes['log']}
      onScroll={notice}
      role="log"
      aria-label={t('chat.log')}
      // The keyboard scrolls it.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {children}
    </div>
  );
}
