import { useText } from '../i18n/text';
import { NewRequestForm } from '../requester/NewRequestForm';
import { emptyRequest } from '../requester/requestForm';
import { useCreateRequest } from '../requester/useCreateRequest';
import { useTitle } from '../ui/useTitle';
import { QueueNav } from './QueueNav';

const empty = { ...emptyRequest, requesterEmail: '' };

/** What somebody tells an agent, on the telephone or at the desk, becomes a ticket of theirs. */
export default function NewTicket() {
  const { t } = useText();
  const form = useCreateRequest({ place: 'new-for-somebody', empty, page: '/agent/t' });
  useTitle(t.agent.newTicket);
  return (
    <div className="hd-desk">
      <QueueNav />
      <div className="hd-desk-main">
        <NewRequestForm form={form} title={t.agent.newTicket} action={t.agent.createTicket} />
      </div>
    </div>
  );
}
