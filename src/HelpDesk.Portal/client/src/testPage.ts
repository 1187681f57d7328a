/** For unit tests of what reads the page's settings: import it first. */
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
  limits: { subject: 255, body: 10_000, files: 10, fileSize: 10 * 1024 * 1024, reopenSeconds: 7 * 24 * 60 * 60 },
});
document.head.append(meta);

export {};
