import type { requester as english } from '../en/requester';

export const requester: typeof english = {
  myRequests: 'Meine Anfragen',
  createRequest: 'Anfrage erstellen',
};
