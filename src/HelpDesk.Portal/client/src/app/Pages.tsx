import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import type { Me } from '../api/people';
import { NotFound } from './NotFound';

// Each page is a chunk of its own, and what somebody may not see is not even loaded.
const MyRequests = lazy(() => import('../requester/MyRequests'));
const CreateRequest = lazy(() => import('../requester/CreateRequest'));
const Conversation = lazy(() => import('../requester/Conversation'));
const Queue = lazy(() => import('../agent/Queue'));
const NewTicket = lazy(() => import('../agent/NewTicket'));
const HeldMail = lazy(() => import('../agent/HeldMail'));
const AgentTicket = lazy(() => import('../agent/AgentTicket'));
const Reports = lazy(() => import('../manager/Reports'));
const Agents = lazy(() => import('../manager/Agents'));
const Settings = lazy(() => import('../settings/SettingsPage'));

export function Pages({ me }: { me: Me }) {
  return (
    <Routes>
      <Route path="/" element={me.isAgent ? <Navigate to="/agent/mine" replace /> : <MyRequests />} />
      <Route path="/new" element={<CreateRequest />} />
      <Route path="/t/:number" element={<Conversation />} />
      <Route path="/settings" element={<Settings me={me} />} />
      {me.isAgent && (
        <>
          <Route path="/agent" element={<Navigate to="/agent/mine" replace />} />
          <Route path="/agent/new" element={<NewTicket />} />
          <Route path="/agent/held" element={<HeldMail />} />
          <Route path="/agent/:queue" element={<Queue me={me} />} />
          <Route path="/agent/t/:number" element={<AgentTicket me={me} />} />
        </>
      )}
      {me.isManager && (
        <>
          <Route path="/manager" element={<Reports />} />
          <Route path="/manager/agents" element={<Agents />} />
        </>
      )}
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
