import { Button, Center, Stack, Text } from '@mantine/core';
import { IconMailOpened } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '@/components/problem-alert';
import { StatePage } from '@/components/state-page';
import { useAcceptInvitation } from '@/features/members/api/invitations';
import { useAccount } from '@/lib/session/account';

/** Where an invitation's link leads: says who is signed in, and joins the tenant on a click. */
export function AcceptInvitationPage({ token }: { readonly token: string | undefined }) {
  const { t } = useTranslation('members');
  const account = useAccount();
  const navigate = useNavigate();
  const accept = useAcceptInvitation();
  const join = () =>
    accept.mutate(token ?? '', {
      onSuccess: ({ member }) => void navigate({ to: '/t/$tenantId', params: { tenantId: member?.tenantId ?? '' } }),
    });
  return (
    <Center mih="100vh" component="main">
      <StatePage
        icon={<IconMailOpened />}
        title={token === undefined ? t('accept.noToken') : t('accept.title')}
        description={token === undefined ? t('accept.noTokenHint') : t('accept.description')}
      >
        {token !== undefined && (
          <Stack align="center" gap="sm" w="100%">
            <ProblemAlert error={accept.error} />
            <Button onClick={join} loading={accept.isPending}>
              {t('accept.action')}
            </Button>
            {accept.isError && (
              <Button variant="default" component={Link} to="/">
                {t('accept.leave')}
              </Button>
            )}
            <Text fz="xs" c="dimmed">
              {t('accept.as', { person: account.email || account.displayName })}
            </Text>
          </Stack>
        )}
      </StatePage>
    </Center>
  );
}
