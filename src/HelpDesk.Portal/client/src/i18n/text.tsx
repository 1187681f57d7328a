import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Language } from '../app/config';
import { useSettings } from '../app/settings';
import type { Messages } from './en';
import { formats, type Formats } from './formats';
import { isolating } from './isolate';

interface Text {
  t: Messages;
  language: Language;
  format: Formats;
}

const TextContext = createContext<Text | null>(null);

/** A language is a chunk of its own: only the one that is shown is loaded. */
export async function loadMessages(language: Language): Promise<Messages> {
  const chunk = language === 'de' ? await import('./de') : await import('./en');
  return isolating(chunk.messages);
}

export function TextProvider({ messages, language, children }: { messages: Messages; language: Language; children: ReactNode }) {
  const { absoluteTimes } = useSettings();
  const text = useMemo(() => ({ t: messages, language, format: formats(language, absoluteTimes) }), [messages, language, absoluteTimes]);
  return <TextContext value={text}>{children}</TextContext>;
}

/** The texts and formats of the reader's language. */
export function useText(): Text {
  const text = useContext(TextContext);
  if (!text) throw new Error('useText outside of TextProvider');
  return text;
}
