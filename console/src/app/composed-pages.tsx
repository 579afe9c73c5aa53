import { useSearch } from '@tanstack/react-router';
import { AgentPage } from '@/features/agents/components/agent-page';
import { AcceptInvitationPage } from '@/features/members/components/accept-invitation-page';
import { RunsTable } from '@/features/runs/components/runs-table';

/** An agent's page with its runs, which are a feature of their own. */
export function AgentWithRunsPage() {
  return <AgentPage runs={(agentId) => <RunsTable filter={{ agentId, state: undefined }} />} />;
}

/** Where an invitation's link leads. */
export function InvitationPage() {
  const { token } = useSearch({ strict: false });
  return <AcceptInvitationPage token={token} />;
}
