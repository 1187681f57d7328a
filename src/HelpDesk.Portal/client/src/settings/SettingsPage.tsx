import { lazy, Suspense } from 'react';
import { AvailabilitySwitch } from '../agent/AvailabilitySwitch';
import type { Me } from '../api/people';
import { changeSettings, useSettings } from '../app/settings';
import { useText } from '../i18n/text';
import { showHelp } from '../shortcuts/help';
import { Skeleton } from '../ui/Skeleton';
import { Switch } from '../ui/Switch';
import { useTitle } from '../ui/useTitle';
import { Choices } from './Choices';

// Agents alone have them.
const SavedReplies = lazy(() => import('./SavedReplies'));

export default function SettingsPage({ me }: { me: Me }) {
  const { t } = useText();
  const { theme, language, density, absoluteTimes, shortcuts } = useSettings();
  const s = t.settingsPage;
  useTitle(t.settings);
  return (
    <div className="hd-settings">
      <h1>{t.settings}</h1>
      {me.isAgent && (
        <section aria-labelledby="settings-work">
          <h2 id="settings-work">{s.work}</h2>
          <AvailabilitySwitch hasHint />
          <Switch label={s.shortcuts} hint={t.agent.keysHint} isOn={shortcuts} onChange={(isOn) => changeSettings({ shortcuts: isOn })} />
          <div><button type="button" className="hd-button" onClick={() => showHelp(true)}>{s.showShortcuts}</button></div>
        </section>
      )}
      <section aria-labelledby="settings-appearance">
        <h2 id="settings-appearance">{s.appearance}</h2>
        <p className="hd-muted">{s.saved}</p>
        <Choices
          label={s.language}
          value={language}
          options={[{ id: 'en', label: s.languages.en, lang: 'en' }, { id: 'de', label: s.languages.de, lang: 'de' }]}
          onChange={(id) => changeSettings({ language: id })}
        />
        <Choices
          label={s.theme}
          value={theme ?? 'system'}
          options={[{ id: 'system', label: s.themes.system }, { id: 'light', label: s.themes.light }, { id: 'dark', label: s.themes.dark }]}
          onChange={(id) => changeSettings({ theme: id === 'system' ? null : id })}
        />
        <Choices
          label={s.density}
          value={density}
          options={[{ id: 'comfortable', label: s.densities.comfortable }, { id: 'compact', label: s.densities.compact }]}
          onChange={(id) => changeSettings({ density: id })}
        />
        <Switch label={s.absoluteTimes} hint={s.absoluteTimesHint} isOn={absoluteTimes} onChange={(isOn) => changeSettings({ absoluteTimes: isOn })} />
      </section>
      {me.isAgent && (
        <Suspense fallback={<Skeleton rows={3} />}>
          <SavedReplies />
        </Suspense>
      )}
    </div>
  );
}
