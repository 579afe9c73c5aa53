import { Group, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Dimension, DIMENSIONS } from '@/features/usage/api/query-usage';
import { type Measure, MEASURES } from '@/features/usage/components/group-totals';
import { projectsQuery } from '@/lib/queries/projects';
import { useTenantId } from '@/lib/session/scope';

interface UsageControlsProps {
  readonly dimension: Dimension;
  readonly onDimension: (dimension: Dimension) => void;
  readonly project: string;
  readonly onProject: (projectId: string) => void;
  readonly measure: Measure;
  readonly onMeasure: (measure: Measure) => void;
}

/** What to show of the usage: which measure, grouped by what, of which project. */
export function UsageControls(props: UsageControlsProps) {
  const { t } = useTranslation('usage');
  const tenantId = useTenantId();
  const { data: projects = [] } = useQuery(projectsQuery(tenantId));
  return (
    <Group gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t('measure.label')}
        data={MEASURES.map((measure) => ({ value: measure, label: t(`measure.${measure}`) }))}
        value={props.measure}
        onChange={(measure) => props.onMeasure(measure)}
      />
      <Select
        size="xs"
        w={170}
        aria-label={t('dimension.label')}
        data={DIMENSIONS.map((dimension) => ({ value: dimension, label: t(`dimension.${dimension}`) }))}
        value={props.dimension}
        onChange={(dimension) => props.onDimension(dimension as Dimension)}
      />
      <Select
        size="xs"
        w={200}
        aria-label={t('project.label')}
        data={[
          { value: '', label: t('project.all') },
          ...projects.map((project) => ({
            value: project.projectId ?? '',
            label: project.displayName || project.name || '',
          })),
        ]}
        value={props.project}
        onChange={(projectId) => props.onProject(projectId ?? '')}
      />
    </Group>
  );
}
