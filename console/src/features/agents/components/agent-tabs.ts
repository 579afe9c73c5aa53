/** The parts of an agent's page, as they stand in its address. */
export const AGENT_TABS = ['overview', 'specification', 'releases', 'runs'] as const;
export type AgentTab = (typeof AGENT_TABS)[number];
