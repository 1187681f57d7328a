/** What the page says to its script: tests of the logic have no page. Imported before anything that reads it. */
const meta = document.createElement('meta');
meta.name = 'helpdesk';
meta.content = JSON.stringify({
  name: 'Help Desk',
  logo: null,
  language: 'en',
  theme: null,
  mountedAt: '/support',
  api: '/helpdesk',
  signOut: null,
  antiforgery: null,
  limits: { subject: 10, body: 20, files: 2, fileSize: 100, reopenSeconds: 60 },
});
document.head.append(meta);
window.matchMedia = (query) =>
  ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined }) as unknown as MediaQueryList;

export {};
