import { ScrollArea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Destination, Section } from '@/app/shell/destinations';
import classes from '@/app/shell/navigation.module.css';

interface NavigationProps {
  readonly sections: readonly Section[];
  /** After a destination was chosen, as on a phone where the navigation lies over the page. */
  readonly onLeave: () => void;
}

/** The navigation: what belongs to the project, to the tenant, to the platform. */
export function Navigation({ sections, onLeave }: NavigationProps) {
  const { t } = useTranslation('app');
  return (
    <ScrollArea className={classes['scroll'] ?? ''} type="hover">
      <nav aria-label={t('shell.navigation')} className={classes['navigation']}>
        {sections.map((section) => (
          <div key={section.name}>
            <p className={classes['heading']} id={`section-${section.name}`}>
              {t(`section.${section.name}`)}
            </p>
            <ul className={classes['list']} aria-labelledby={`section-${section.name}`}>
              {section.destinations.map((destination) => (
                <Entry key={destination.name} destination={destination} onLeave={onLeave} />
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </ScrollArea>
  );
}

interface EntryProps {
  readonly destination: Destination;
  readonly onLeave: () => void;
}

function Entry({ destination, onLeave }: EntryProps) {
  const { t } = useTranslation('app');
  const Icon = destination.icon;
  return (
    <li>
      <Link
        to={destination.to}
        className={classes['entry']}
        activeOptions={{ exact: destination.exact ?? false, includeSearch: false }}
        activeProps={{ 'aria-current': 'page' }}
        onClick={onLeave}
      >
        <Icon size={17} stroke={1.7} aria-hidden />
        {t(`nav.${destination.name}`)}
      </Link>
    </li>
  );
}
