import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { ApiError } from '../api/client';
import { rawMailUrl, useDecision, type Decision, type Mail } from '../api/inbound';
import type { Messages } from '../i18n/en';
import { useText } from '../i18n/text';
import { reasonOf } from '../ui/Failure';
import { FoldedText } from '../ui/FoldedText';
import { Modal } from '../ui/Modal';
import { useToast } from '../ui/Toast';
import { ReleaseDialog } from './ReleaseDialog';

interface Props {
  mail: Mail;
  isGone: boolean;
  decided: Mail | null;
  onDecided: (mail: Mail) => void;
}

/** The text of a mail as text, and what can become of it. */
export function MailDetail({ mail, isGone, decided, onDecided }: Props) {
  const { t } = useText();
  return (
    <div className="hd-held-text">
      {mail.text ? <FoldedText text={mail.text} /> : <p className="hd-muted">{t.agent.noText}</p>}
      <div className="hd-second">
        {mail.to && <><bdi>{t.agent.to(mail.to)}</bdi> · </>}
        {isGone ? null : <a href={rawMailUrl(mail.id)} download>{t.agent.raw}</a>}
      </div>
      {decided ? <Decided mail={decided} /> : isGone ? <p className="hd-held-decided">{t.agent.decidedElsewhere}</p> : <Decide mail={mail} onDecided={onDecided} />}
    </div>
  );
}

function Decide({ mail, onDecided }: { mail: Mail; onDecided: (mail: Mail) => void }) {
  const { t } = useText();
  const toast = useToast();
  const decision = useDecision();
  const [dialog, setDialog] = useState<'release' | 'reject' | null>(null);
  const from = mail.from || t.agent.noSender;

  function decide(what: Decision) {
    decision.mutate(what, {
      onSuccess: (now) => {
        setDialog(null);
        if (now.state === 'failed') return;
        onDecided(now);
        toast(toldOf(now, what.kind, t));
      },
    });
  }

  const failedAgain = decision.data?.state === 'failed';
  const error = decision.error ? reasonHere(decision.error, t) : failedAgain ? t.agent.failedAgain : null;
  return (
    <>
      <div className="hd-actions" role="group" aria-label={t.agent.mailActions(mail.subject || t.agent.noSubject)}>
        {mail.state === 'failed' ? (
          <button type="button" className="hd-button" disabled={decision.isPending} onClick={() => decide({ kind: 'retry', mail: mail.id })}>{t.agent.retryMail}</button>
        ) : (
          <>
            <button type="button" className="hd-button" disabled={decision.isPending} onClick={() => { decision.reset(); setDialog('release'); }}>
              {mail.ticket ? t.agent.releaseTo(mail.ticket.number) : t.agent.release}
            </button>
            <button type="button" className="hd-button" disabled={decision.isPending} onClick={() => decide({ kind: 'open', mail: mail.id })}>{t.agent.newTicket}</button>
          </>
        )}
        <button type="button" className="hd-button hd-button-danger" disabled={decision.isPending} onClick={() => { decision.reset(); setDialog('reject'); }}>{t.agent.reject}</button>
      </div>
      {error && !dialog && <p className="hd-error" role="alert">{t.notSaved(error)}</p>}
      {dialog === 'release' && (
        <ReleaseDialog
          from={from}
          hint={mail.ticket?.number ?? ''}
          isPending={decision.isPending}
          error={error}
          onRelease={(ticket) => decide({ kind: 'release', mail: mail.id, ticket })}
          onClose={() => setDialog(null)}
        />
      )}
      <Modal title={t.agent.rejectTitle} isOpen={dialog === 'reject'} onClose={() => setDialog(null)} isAlert>
        <p>{t.agent.rejectText(from)}</p>
        {error && <p className="hd-error" role="alert">{t.notSaved(error)}</p>}
        <div className="hd-actions">
          <button type="button" className="hd-button hd-button-danger" disabled={decision.isPending} onClick={() => decide({ kind: 'reject', mail: mail.id })}>{t.agent.confirmReject}</button>
          <button type="button" className="hd-button" autoFocus onClick={() => setDialog(null)}>{t.cancel}</button>
        </div>
      </Modal>
    </>
  );
}

/** What has become of it. The keyboard goes on from here, since the buttons are gone. */
function Decided({ mail }: { mail: Mail }) {
  const { t } = useText();
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // A dialog gives the focus back to its button first, which is not there any more.
    const timer = setTimeout(() => line.current?.focus({ preventScroll: true }), 0);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p ref={line} tabIndex={-1} className="hd-held-decided">
      {mail.state === 'rejected' ? t.agent.rejected : mail.state === 'held' ? t.agent.heldNow : mail.ticket ? t.agent.nowIn : t.agent.done}{' '}
      {mail.state === 'processed' && mail.ticket && <Link to={`/agent/t/${encodeURIComponent(mail.ticket.number)}`}>{mail.ticket.number}</Link>}
    </p>
  );
}

function toldOf(mail: Mail, kind: Decision['kind'], t: Messages): string {
  if (mail.state === 'rejected') return t.agent.rejected;
  if (mail.state === 'held') return t.agent.heldNow;
  if (!mail.ticket) return t.agent.done;
  return kind === 'open' ? t.agent.opened(mail.ticket.number) : t.agent.released(mail.ticket.number);
}

function reasonHere(error: unknown, t: Messages): string {
  const errors = error instanceof ApiError ? error.problem?.errors : null;
  if (errors && 'state' in errors) return t.agent.decidedElsewhere;
  if (errors && 'ticket' in errors) return t.agent.noSuchTicket;
  return reasonOf(error, t);
}
