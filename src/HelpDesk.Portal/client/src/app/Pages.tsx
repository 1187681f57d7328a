import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import type { Me } from '../api/people';
import { NotFound } from './NotFound';

// Each page is a chunk of its own, and what somebody may not see is not even loaded.
const MyRequests = lazy(() => import('../requester/MyRequests'));
const CreateRequest = lazy(() => import('../requester/CreateRequest'));
const Conversation = lazy(() => import('../requester/Conversation'));

export function Pages({ me }: { me: Me }) {
  return (
    <Routes>
      {me.isAgent ? (
        <Route path="/" element={<Navigate to="/agent/mine" replace />} />
      ) : (
        <>
          <Route path="/" element={<MyRequests />} />
          <Route path="/t/:number" element={<Conversation />} />
        </>
      )}
      <Route path="/new" element={<CreateRequest />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
