import { useAvailability, useOwnProfile } from '../api/agents';
import { useText } from '../i18n/text';
import { reasonOf } from '../ui/Failure';
import { Switch } from '../ui/Switch';

/** Whether new tickets come to oneself; nothing for who is never assigned to any. */
export function AvailabilitySwitch({ hasHint = false }: { hasHint?: boolean }) {
  const { t } = useText();
  const own = useOwnProfile();
  const availability = useAvailability();
  if (!own) return null;
  return (
    <div className="hd-availability">
      <Switch label={t.agent.available} {...(hasHint ? { hint: t.agent.availableHint } : {})} isOn={own.isAvailable} onChange={(isOn) => availability.mutate(isOn)} />
      {availability.error && <span className="hd-error" role="alert">{t.notSaved(reasonOf(availability.error, t))}</span>}
    </div>
  );
}
