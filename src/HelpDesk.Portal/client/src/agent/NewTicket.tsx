import { useText } from '../i18n/text';
import { NewRequestForm } from '../requests/NewRequestForm';
import { emptyRequest } from '../requests/requestForm';
import { useCreateRequest } from '../requests/useCreateRequest';
import { useTitle } from '../ui/useTitle';
import { QueueNav } from './QueueNav';

const empty = { ...emptyRequest, requesterEmail: '' };

/** What somebody tells an agent, on the telephone or at the desk, becomes a ticket of theirs. */
export default function NewTicket() {
  const { t } = useText();
  const form = useCreateRequest({ title: t.agent.newTicket, place: 'new-for-somebody', empty, page: '/agent/t' });
  useTitle(form.title);
  return (
    <div className="hd-desk">
      <QueueNav />
      <div className="hd-desk-main">
        <NewRequestForm form={form} action={t.agent.createTicket} />
      </div>
    </div>
  );
}
