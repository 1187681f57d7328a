import { useText } from '../i18n/text';
import { useTitle } from '../ui/useTitle';
import { NewRequestForm } from './NewRequestForm';
import { emptyRequest } from './requestForm';
import { useCreateRequest } from './useCreateRequest';

export default function CreateRequest() {
  const { t } = useText();
  const form = useCreateRequest({ place: 'new', empty: emptyRequest, page: '/t' });
  useTitle(t.requester.createRequest);
  return <NewRequestForm form={form} title={t.requester.createRequest} action={t.requester.createRequest} />;
}
