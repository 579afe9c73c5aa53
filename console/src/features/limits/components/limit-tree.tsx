import { Button, Group, Text, ThemeIcon } from '@mantine/core';
import { IconBuildingSkyscraper, IconFolder, IconKey, IconPlus, IconRobot } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Limit, type Subject } from '@/features/limits/api/limits';
import { LimitRow } from '@/features/limits/components/limit-row';
import classes from '@/features/limits/components/limit-tree.module.css';
import { projectAgentsQuery } from '@/lib/queries/agents';
import { projectKeysQuery } from '@/lib/queries/keys';
import { projectsQuery, type Project } from '@/lib/queries/projects';
import { membershipIn, useAccount, useCan } from '@/lib/session/account';
import { useTenantId } from '@/lib/session/scope';

/** What can be done to the limits of the tree. */
export interface LimitSteps {
  readonly onAdd: (subject: Subject, name: string) => void;
  readonly onEdit: (limit: Limit) => void;
  readonly onRaise: (limit: Limit) => void;
  readonly onRemove: (limit: Limit) => void;
}

interface LimitTreeProps {
  readonly limits: readonly Limit[];
  readonly steps: LimitSteps;
}

/** The tenant, its projects, their keys and agents; at each its limits. The tightest on the way up decides. */
export function LimitTree({ limits, steps }: LimitTreeProps) {
  const tenantId = useTenantId();
  const account = useAccount();
  const mayWrite = useCan('limit.write');
  const isPlatformAdmin = useCan('platform.tenant.write');
  const { data: projects = [] } = useQuery(projectsQuery(tenantId));
  const membership = membershipIn(account, tenantId);
  const name = membership?.tenantDisplayName || membership?.tenantName || tenantId;
  return (
    <ul className={classes['tree']}>
      <Node
        icon="tenant"
        name={name}
        subject={{ tenantId }}
        limits={limits.filter((limit) => !limit.projectId)}
        steps={steps}
        // Limits on a whole tenant are the installation's to set, not the tenant's own.
        mayWrite={isPlatformAdmin}
      >
        {projects.map((project) => (
          <ProjectNode
            key={project.projectId}
            project={project}
            limits={limits.filter((limit) => limit.projectId === project.projectId)}
            steps={steps}
            mayWrite={mayWrite}
          />
        ))}
      </Node>
    </ul>
  );
}

interface ProjectNodeProps extends LimitTreeProps {
  readonly project: Project;
  readonly mayWrite: boolean;
}

function ProjectNode({ project, limits, steps, mayWrite }: ProjectNodeProps) {
  const tenantId = useTenantId();
  const projectId = project.projectId ?? '';
  const { data: keys = [] } = useQuery(projectKeysQuery({ tenantId, projectId }));
  const { data: agents = [] } = useQuery(projectAgentsQuery({ tenantId, projectId }));
  const limited = new Set(limits.map((limit) => limit.keyId));
  const shown = keys.filter((key) => key.state === 'KEY_STATE_ACTIVE' || limited.has(key.keyId));
  return (
    <Node
      icon="project"
      name={project.displayName || project.name || ''}
      subject={{ tenantId, projectId }}
      limits={limits.filter((limit) => !limit.keyId && !limit.agentId)}
      steps={steps}
      mayWrite={mayWrite}
    >
      {shown.map((key) => (
        <Node
          key={key.keyId}
          icon="key"
          name={key.displayName || key.prefix || ''}
          subject={{ tenantId, projectId, keyId: key.keyId ?? '' }}
          limits={limits.filter((limit) => limit.keyId === key.keyId)}
          steps={steps}
          mayWrite={mayWrite}
        />
      ))}
      {agents.map((agent) => (
        <Node
          key={agent.agentId}
          icon="agent"
          name={agent.name ?? ''}
          subject={{ tenantId, projectId, agentId: agent.agentId ?? '' }}
          limits={limits.filter((limit) => limit.agentId === agent.agentId)}
          steps={steps}
          mayWrite={mayWrite}
        />
      ))}
    </Node>
  );
}

const ICONS = { tenant: IconBuildingSkyscraper, project: IconFolder, key: IconKey, agent: IconRobot };

interface NodeProps extends LimitTreeProps {
  readonly icon: keyof typeof ICONS;
  readonly name: string;
  readonly subject: Subject;
  readonly mayWrite: boolean;
  readonly children?: ReactNode;
}

function Node({ icon, name, subject, limits, steps, mayWrite, children }: NodeProps) {
  const { t } = useTranslation('limits');
  const Icon = ICONS[icon];
  return (
    <li className={classes['node']} data-level={icon}>
      <div className={classes['card']}>
        <Group justify="space-between" wrap="nowrap" gap="sm" className={classes['head'] ?? ''}>
          <Group gap="sm" wrap="nowrap" miw={0}>
            <ThemeIcon variant="light" color={icon === 'tenant' ? 'ink' : 'gray'} size={28} aria-hidden>
              <Icon size={16} stroke={1.7} />
            </ThemeIcon>
            <div>
              <Text fz="sm" fw={600} truncate>
                {name}
              </Text>
              <Text fz="xs" c="dimmed">
                {t(`level.${icon}`)}
              </Text>
            </div>
          </Group>
          {mayWrite && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              aria-label={t('create.openFor', { name })}
              onClick={() => steps.onAdd(subject, name)}
            >
              {t('create.open')}
            </Button>
          )}
        </Group>
        {limits.length === 0 ? (
          <Text fz="xs" c="dimmed" className={classes['none'] ?? ''}>
            {t('none')}
          </Text>
        ) : (
          <ul className={classes['limits']}>
            {limits.map((limit) => (
              <LimitRow key={limit.limitId} limit={limit} steps={mayWrite ? steps : undefined} />
            ))}
          </ul>
        )}
      </div>
      {children !== undefined && <ul className={classes['tree']}>{children}</ul>}
    </li>
  );
}
