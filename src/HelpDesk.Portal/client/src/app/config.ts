/** What the server wrote into the page: see ShellPage.cs. */
export interface Config {
  name: string;
  logo: string | null;
  language: Language;
  theme: Theme | null;
  /** Where the portal begins, with the host's path base. */
  mountedAt: string;
  /** Where the API begins, with the host's path base. */
  api: string;
  signOut: string | null;
  antiforgery: { header: string | null; field: string; token: string } | null;
  limits: {
    /** Characters. */
    subject: number;
    body: number;
    /** Files of one message, and the bytes of each. */
    files: number;
    fileSize: number;
    /** How long a requester can reopen what is over. */
    reopenSeconds: number;
  };
}

export type Language = 'en' | 'de';
export type Theme = 'light' | 'dark';

function read(): Config {
  const content = document.querySelector<HTMLMetaElement>('meta[name="helpdesk"]')?.content;
  if (!content) throw new Error('The page does not say where its API is: the meta element "helpdesk" is missing.');
  return JSON.parse(content) as Config;
}

export const config: Config = read();
