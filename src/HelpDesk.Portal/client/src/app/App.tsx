import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { BrowserRouter } from 'react-router';
import { ApiError } from '../api/client';
import type { Messages } from '../i18n/en';
import { loadMessages, TextProvider } from '../i18n/text';
import { Live } from '../live/Live';
import { ToastProvider } from '../ui/Toast';
import { config, type Language } from './config';
import { Frame } from './Frame';
import { useSettings } from './settings';

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What was refused is refused again; what did not arrive is worth two more tries.
      retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503),
      staleTime: 5_000,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export function App(start: { messages: Messages; language: Language }) {
  const { language } = useSettings();
  const [texts, setTexts] = useState(start);

  useEffect(() => {
    if (language === texts.language) return;
    let current = true;
    void loadMessages(language).then((messages) => {
      if (current) setTexts({ messages, language });
    });
    return () => {
      current = false;
    };
  }, [language, texts.language]);

  useEffect(() => {
    document.documentElement.lang = texts.language;
  }, [texts.language]);

  return (
    <QueryClientProvider client={queryClient}>
      <TextProvider messages={texts.messages} language={texts.language}>
        <I18nProvider locale={texts.language === 'de' ? 'de-DE' : 'en-US'}>
          <ToastProvider>
            <BrowserRouter basename={config.mountedAt || '/'}>
              <Live>
                <Frame />
              </Live>
            </BrowserRouter>
          </ToastProvider>
        </I18nProvider>
      </TextProvider>
    </QueryClientProvider>
  );
}
