import { useState } from 'react';
import type { Conversation, Message } from '../../api/tickets';
import { useText } from '../../i18n/text';
import { Icon } from '../../ui/Icon';
import { ComposerBox } from './ComposerBox';

export type Audience = 'reply' | 'note';

interface Props {
  ticket: Conversation;
  audience: Audience | null;
  onAudience: (audience: Audience | null) => void;
  waiting: Message[];
  onShowWaiting: () => void;
}

/** First who shall read it, then what: two equal buttons, each with a box and a draft of its own. There is no box before. */
export function Composer({ ticket, audience, onAudience, waiting, onShowWaiting }: Props) {
  const { t } = useText();
  const [announcement, setAnnouncement] = useState('');
  const isClosed = ticket.status === 'closed';

  return (
    <section className="hd-composer" aria-label={t.ticket.write}>
      <div className="hd-composer-buttons">
        <button
          type="button"
          className={audience === 'reply' ? 'hd-button hd-button-primary' : 'hd-button'}
          aria-pressed={audience === 'reply'}
          disabled={isClosed}
          onClick={() => onAudience(audience === 'reply' ? null : 'reply')}
        >
          {t.ticket.reply}
        </button>
        <button type="button" className={audience === 'note' ? 'hd-button hd-button-note' : 'hd-button'} aria-pressed={audience === 'note'} onClick={() => onAudience(audience === 'note' ? null : 'note')}>
          <Icon name="lock" />{t.internalNote}
        </button>
        {isClosed && <span className="hd-muted">{t.ticket.closedHint}</span>}
      </div>
      <p className="hd-sr" role="status">{announcement}</p>
      {audience && !(audience === 'reply' && isClosed) && (
        <ComposerBox
          key={`${ticket.number}:${audience}`}
          ticket={ticket}
          audience={audience}
          waiting={waiting}
          onShowWaiting={onShowWaiting}
          onDone={(text) => {
            setAnnouncement(text);
            onAudience(null);
          }}
          onCancel={() => onAudience(null)}
        />
      )}
    </section>
  );
}
