import type { Me } from '../api/people';

export default function AgentTicket(_: { me: Me }) { return null; }
