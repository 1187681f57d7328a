import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { useSavedReplies } from '../../api/savedReplies';
import { useText } from '../../i18n/text';

/** Puts a saved reply where the cursor is. Typing narrows the list; nothing is inserted before it is chosen. */
export function SavedReplyPicker({ onPick }: { onPick: (body: string) => void }) {
  const { t } = useText();
  const replies = useSavedReplies();
  const [text, setText] = useState('');
  if (!replies.data || replies.data.length === 0) return null;
  return (
    <ComboBox
      className="hd-field hd-combo"
      defaultItems={replies.data}
      inputValue={text}
      onInputChange={setText}
      value={null}
      onChange={(id) => {
        const reply = replies.data.find((each) => each.id === id);
        if (!reply) return;
        onPick(reply.body);
        setText('');
      }}
      menuTrigger="focus"
    >
      <Label className="hd-label">{t.ticket.savedReplies}</Label>
      <div className="hd-combo-field">
        <Input className="hd-input" placeholder={t.ticket.savedRepliesHint} />
        <Button className="hd-button" aria-label={t.ticket.savedReplies}><span aria-hidden="true">▾</span></Button>
      </div>
      <Popover className="hd-popover">
        <ListBox className="hd-options">
          {(reply: (typeof replies.data)[number]) => (
            <ListBoxItem className="hd-option" id={reply.id} textValue={reply.title}>
              <span><bdi>{reply.title}</bdi> <span className="hd-hint">{reply.body.slice(0, 80)}</span></span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
