import { Fragment } from 'react';
import { changeSettings, useSettings } from '../app/settings';
import { useText } from '../i18n/text';
import { Modal } from '../ui/Modal';
import { Switch } from '../ui/Switch';

/** All keys, and the switch that turns the single ones off. */
export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { shortcuts } = useSettings();
  const { keysOf, keysIn, queue, held } = t.agent;
  // Keys that are pressed one after the other stand in one list, and each list is one way of doing it.
  const groups: [string, [string, string[][]][]][] = [
    [
      keysIn.lists,
      [
        [keysOf.next, [['j'], ['k']]],
        [keysOf.open, [['Enter']]],
        [keysOf.select, [['x']]],
        [keysOf.range, [['Shift+x']]],
        [keysOf.assignSelected, [['a']]],
        [keysOf.prioritySelected, [['p']]],
        [keysOf.statusSelected, [['s']]],
        [keysOf.search, [['/']]],
      ],
    ],
    [
      keysIn.ticket,
      [
        [keysOf.reply, [['r']]],
        [keysOf.note, [['n']]],
        [keysOf.assign, [['a']]],
        [keysOf.priority, [['p']]],
        [keysOf.status, [['s']]],
        [keysOf.back, [['u']]],
        [keysOf.send, [['Ctrl+Enter'], ['⌘+Enter']]],
      ],
    ],
    [
      keysIn.everywhere,
      [
        [keysOf.queue(queue.mine), [['g', 'm']]],
        [keysOf.queue(queue.unassigned), [['g', 'u']]],
        [keysOf.queue(queue.all), [['g', 'a']]],
        [keysOf.queue(queue.overdue), [['g', 'o']]],
        [keysOf.queue(held), [['g', 'h']]],
        [keysOf.help, [['?']]],
      ],
    ],
  ];
  return (
    <Modal title={t.agent.keys} isOpen onClose={onClose}>
      <p className="hd-muted">{t.agent.keysHint}</p>
      <Switch label={t.agent.keysOn} isOn={shortcuts} onChange={(isOn) => changeSettings({ shortcuts: isOn })} />
      <div className="hd-keys">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([does, ways]) => (
                <div key={does}>
                  <dt><Ways ways={ways} /></dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="hd-actions">
        <button type="button" className="hd-button" onClick={onClose}>{t.close}</button>
      </div>
    </Modal>
  );
}

function Ways({ ways }: { ways: string[][] }) {
  const { t } = useText();
  return ways.map((way, index) => (
    <Fragment key={way.join(' ')}>
      {index > 0 && <span className="hd-hint"> {t.agent.or} </span>}
      {way.map((key, position) => (
        <Fragment key={key}>
          {position > 0 && <span className="hd-hint"> {t.agent.then} </span>}
          <kbd>{key}</kbd>
        </Fragment>
      ))}
    </Fragment>
  ));
}
