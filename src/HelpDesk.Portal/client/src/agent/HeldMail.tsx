import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useInbound, type Mail, type MailList } from '../api/inbound';
import { useText } from '../i18n/text';
import { useOpened } from '../lists/useOpened';
import { useReturn } from '../lists/useReturn';
import { useStableRows } from '../lists/useStableRows';
import { Failure } from '../ui/Failure';
import { Skeleton } from '../ui/Skeleton';
import { Time } from '../ui/Time';
import { useNarrow } from '../ui/useNarrow';
import { useTitle } from '../ui/useTitle';
import { heldReason } from './heldReasons';
import { MailDetail } from './MailDetail';
import { QueueNav } from './QueueNav';

/** Mail that waits for an agent's decision. What was decided stays in its place, so that no button comes under the pointer that is another mail's. */
export default function HeldMail() {
  const { t } = useText();
  const [query] = useSearchParams();
  const list: MailList = query.get('list') === 'failed' ? 'failed' : 'held';
  useTitle(t.agent.held);
  return (
    <div className="hd-desk">
      <QueueNav />
      <div className="hd-desk-main">
        <MailPage key={list} list={list} />
      </div>
    </div>
  );
}

function MailPage({ list }: { list: MailList }) {
  const { t } = useText();
  const mails = useInbound(list);
  const isOpened = useOpened(mails.isFetching);
  const { rows, newCount, showNew } = useStableRows(isOpened ? mails.data?.pages.map((page) => page.data) : undefined, list, mails.hasNextPage);
  const [decided, setDecided] = useState<ReadonlyMap<string, Mail>>(new Map());
  const isNarrow = useNarrow();
  useReturn(isOpened && mails.data !== undefined);

  const because = list === 'held' ? t.agent.heldBecause : t.agent.failedBecause;
  const all = rows.map(({ item, isGone }): Row => ({ mail: item, isGone: isGone || decided.has(item.id), decided: decided.get(item.id) ?? null }));
  const onDecided = (mail: Mail) => setDecided((before) => new Map(before).set(mail.id, mail));
  return (
    <>
      <div className="hd-title hd-queue-title">
        <h1>{t.agent.held}</h1>
        <div role="status">
          {newCount > 0 && <button type="button" className="hd-button" onClick={showNew}>{t.newRows(newCount)}</button>}
        </div>
      </div>
      <ul className="hd-tabs">
        <li><Link to="/agent/held" replace aria-current={list === 'held' ? 'page' : undefined}>{t.agent.heldList}</Link></li>
        <li><Link to="/agent/held?list=failed" replace aria-current={list === 'failed' ? 'page' : undefined}>{t.agent.failedList}</Link></li>
      </ul>
      <p className="hd-muted hd-intro">{list === 'held' ? t.agent.heldIntro : t.agent.failedIntro}</p>
      {mails.error && <Failure error={mails.error} retry={() => void mails.refetch()} />}
      {!mails.data || !isOpened ? (
        !mails.error && <Skeleton />
      ) : rows.length === 0 ? (
        newCount === 0 && <p className="hd-empty">{list === 'held' ? t.agent.noHeld : t.agent.noFailed}</p>
      ) : isNarrow ? (
        <MailCards rows={all} because={because} onDecided={onDecided} />
      ) : (
        <MailTable rows={all} because={because} onDecided={onDecided} />
      )}
      {mails.hasNextPage && (
        <p className="hd-more">
          <button type="button" className="hd-button" aria-disabled={mails.isFetchingNextPage} onClick={() => !mails.isFetchingNextPage && void mails.fetchNextPage()}>{t.showMore}</button>
        </p>
      )}
    </>
  );
}

interface Row {
  mail: Mail;
  isGone: boolean;
  /** As it is since one's own decision. */
  decided: Mail | null;
}

interface RowsProps {
  rows: Row[];
  because: string;
  onDecided: (mail: Mail) => void;
}

function MailTable({ rows, because, onDecided }: RowsProps) {
  const { t } = useText();
  return (
    <table className="hd-table hd-held">
      <thead>
        <tr>
          <th scope="col">{t.agent.from}</th>
          <th scope="col">{t.subject}</th>
          <th scope="col">{because}</th>
          <th scope="col">{t.agent.received}</th>
        </tr>
      </thead>
      {rows.map((row) => (
        <tbody key={row.mail.id} className={row.isGone ? 'hd-gone' : undefined} data-mail={row.mail.id}>
          <tr>
            <td className="hd-held-from"><bdi>{row.mail.from || t.agent.noSender}</bdi></td>
            <td className="hd-held-subject"><bdi>{row.mail.subject || t.agent.noSubject}</bdi></td>
            <td>{heldReason(row.mail.reason, t.agent.heldReasons)}</td>
            <td className="hd-date"><Time at={row.mail.receivedAt} /></td>
          </tr>
          <tr className="hd-held-detail">
            <td colSpan={4}><MailDetail {...row} onDecided={onDecided} /></td>
          </tr>
        </tbody>
      ))}
    </table>
  );
}

function MailCards({ rows, because, onDecided }: RowsProps) {
  const { t } = useText();
  return (
    <ul className="hd-cards">
      {rows.map((row) => (
        <li key={row.mail.id} className={row.isGone ? 'hd-card hd-gone' : 'hd-card'} data-mail={row.mail.id}>
          <div className="hd-held-subject"><bdi>{row.mail.subject || t.agent.noSubject}</bdi></div>
          <div className="hd-second"><bdi>{row.mail.from || t.agent.noSender}</bdi> · <Time at={row.mail.receivedAt} /></div>
          <p><span className="hd-muted">{because}:</span> {heldReason(row.mail.reason, t.agent.heldReasons)}</p>
          <MailDetail {...row} onDecided={onDecided} />
        </li>
      ))}
    </ul>
  );
}
