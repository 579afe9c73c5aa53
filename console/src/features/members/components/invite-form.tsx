import { Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import { type Invited, useInvite } from '@/features/members/api/invitations';
import { type Role, ROLES } from '@/features/members/api/members';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface InviteFormProps {
  readonly tenantId: string;
  readonly onCancel: () => void;
  readonly onInvited: (invited: Invited) => void;
}

/** Asks whom to invite, with which role. */
export function InviteForm({ tenantId, onCancel, onInvited }: InviteFormProps) {
  const { t } = useTranslation('members');
  const invite = useInvite(tenantId);
  const form = useForm<{ email: string; role: Role }>({
    initialValues: { email: '', role: 'ROLE_DEVELOPER' },
    validate: { email: (email) => (EMAIL.test(email.trim()) ? null : t('invite.emailWrong')) },
  });
  const submit = form.onSubmit(({ email, role }) =>
    invite.mutate({ email: email.trim(), role }, { onSuccess: onInvited }),
  );
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onCancel}
      action={t('invite.action')}
      pending={invite.isPending}
      error={invite.error}
    >
      <TextInput
        type="email"
        label={t('invite.email')}
        placeholder="minji.kim@partner.example"
        required
        data-autofocus
        {...form.getInputProps('email')}
      />
      <Radio.Group label={t('column.role')} {...form.getInputProps('role')}>
        <Stack gap={10} mt={8}>
          {ROLES.map((role) => (
            <Radio key={role} value={role} label={t(`role.${role}`)} description={t(`roleHint.${role}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </DialogForm>
  );
}
