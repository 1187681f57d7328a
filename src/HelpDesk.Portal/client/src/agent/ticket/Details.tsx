import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import type { Conversation } from '../../api/tickets';
import { useText } from '../../i18n/text';
import { HistoryPanel } from './HistoryPanel';
import { RequesterPanel } from './RequesterPanel';
import { SlaPanel } from './SlaPanel';

/** What stands beside the conversation: the promises, what was done and why, and who asks. */
export function Details({ ticket }: { ticket: Conversation }) {
  const { t } = useText();
  return (
    <Tabs className="hd-details">
      <TabList className="hd-tab-list" aria-label={t.ticket.details}>
        <Tab className="hd-tab" id="sla">{t.ticket.sla}</Tab>
        <Tab className="hd-tab" id="history">{t.ticket.history}</Tab>
        <Tab className="hd-tab" id="requester">{t.ticket.requester}</Tab>
      </TabList>
      <TabPanel className="hd-tab-panel" id="sla"><SlaPanel number={ticket.number} /></TabPanel>
      <TabPanel className="hd-tab-panel" id="history"><HistoryPanel number={ticket.number} /></TabPanel>
      <TabPanel className="hd-tab-panel" id="requester"><RequesterPanel ticket={ticket} /></TabPanel>
    </Tabs>
  );
}
