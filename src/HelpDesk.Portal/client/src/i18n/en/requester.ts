export const requester = {
  myRequests: 'My Requests',
  createRequest: 'Create Request',
};
