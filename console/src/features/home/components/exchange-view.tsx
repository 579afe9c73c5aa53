import { Anchor, Group, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';
import { Markdown } from '@/components/markdown';
import { MoneyText } from '@/components/money-text';
import { ProblemAlert } from '@/components/problem-alert';
import type { Exchange } from '@/features/home/api/conversation';
import { exchangeCostQuery } from '@/features/home/api/exchange-cost';
import classes from '@/features/home/components/exchange-view.module.css';
import { microKrw } from '@/lib/format/money';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/account';
import type { ProjectScope } from '@/lib/session/scope';

interface ExchangeViewProps {
  readonly exchange: Exchange;
  readonly scope: ProjectScope;
}

/** A question and its answer. */
export function ExchangeView({ exchange, scope }: ExchangeViewProps) {
  const { t } = useTranslation('home');
  return (
    <article className={classes['exchange']}>
      <div className={classes['question']}>{exchange.question}</div>
      <div className={classes['answer']}>
        {exchange.state === 'waiting' && <Loader type="dots" size="sm" aria-label={t('chat.waiting')} />}
        {exchange.reasoning !== '' && (
          <details className={classes['reasoning']} open={exchange.answer === ''}>
            <summary>{t('chat.reasoning')}</summary>
            <p>{exchange.reasoning}</p>
          </details>
        )}
        {exchange.answer !== '' && <Markdown text={exchange.answer} />}
        {exchange.state === 'failed' && <ProblemAlert error={exchange.problem} />}
        {exchange.state === 'stopped' && (
          <Text fz="xs" c="dimmed">
            {t('chat.stopped')}
          </Text>
        )}
        {(exchange.state === 'done' || exchange.state === 'stopped') && <Facts exchange={exchange} scope={scope} />}
      </div>
    </article>
  );
}

/** What an answer used and cost, and the way to its record. */
function Facts({ exchange, scope }: ExchangeViewProps) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const maySeeUsage = useCan('usage.read');
  const { requestId = '', inputTokens, outputTokens } = exchange;
  const { data: cost } = useQuery({
    ...exchangeCostQuery(scope.tenantId, requestId),
    enabled: maySeeUsage && requestId !== '',
  });
  return (
    <Group gap={12} className={classes['facts'] ?? ''}>
      <CopyButton value={exchange.answer} what={t('chat.answer')} />
      <span>{exchange.model}</span>
      {inputTokens !== undefined && outputTokens !== undefined && (
        <span>{t('chat.tokens', { input: format.count(inputTokens), output: format.count(outputTokens) })}</span>
      )}
      {cost !== undefined && <MoneyText micro={microKrw(cost)} />}
      {maySeeUsage && requestId !== '' && (
        <Anchor
          component={Link}
          to={`/t/${scope.tenantId}/requests?request=${requestId}`}
          inherit
          c="dimmed"
          underline="always"
        >
          {t('chat.request')}
        </Anchor>
      )}
    </Group>
  );
}
