import { lazy, Suspense } from 'react';
import { useNavigate } from 'react-router';
import { showHelp, useHelp } from '../shortcuts/help';
import { useShortcuts } from '../shortcuts/useShortcuts';

const HelpDialog = lazy(() => import('./HelpDialog'));

/** The keys that agents have on every page; requesters have none. */
export function AgentKeys() {
  const navigate = useNavigate();
  const isHelpOpen = useHelp();
  useShortcuts({
    'g m': () => void navigate('/agent/mine'),
    'g u': () => void navigate('/agent/unassigned'),
    'g a': () => void navigate('/agent/all'),
    'g o': () => void navigate('/agent/overdue'),
    'g h': () => void navigate('/agent/held'),
    '?': () => showHelp(true),
  });
  return (
    <Suspense fallback={null}>
      {isHelpOpen && <HelpDialog onClose={() => showHelp(false)} />}
    </Suspense>
  );
}
