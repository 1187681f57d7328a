import { useText } from '../i18n/text';
import { NewRequestForm } from '../requests/NewRequestForm';
import { emptyRequest } from '../requests/requestForm';
import { useCreateRequest } from '../requests/useCreateRequest';
import { useTitle } from '../ui/useTitle';

export default function CreateRequest() {
  const { t } = useText();
  const form = useCreateRequest({ title: t.requester.createRequest, place: 'new', empty: emptyRequest, page: '/t' });
  useTitle(form.title);
  return <NewRequestForm form={form} action={t.requester.createRequest} />;
}
