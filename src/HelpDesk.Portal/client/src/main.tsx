import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { config } from './app/config';
import { removeOldDrafts } from './drafts/drafts';
import { loadMessages } from './i18n/text';

removeOldDrafts();

const root = createRoot(document.getElementById('helpdesk')!);
void loadMessages(config.language).then((messages) =>
  root.render(
    <StrictMode>
      <App messages={messages} language={config.language} />
    </StrictMode>,
  ),
);
