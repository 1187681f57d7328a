import type { ReactNode } from 'react';
import { messages } from '../i18n/en';
import { TextProvider } from '../i18n/text';

/** English texts around what is tested. */
export function WithTexts({ children }: { children: ReactNode }) {
  return <TextProvider messages={messages} language="en">{children}</TextProvider>;
}
