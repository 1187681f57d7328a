import type { Me } from '../api/people';

export default function Queue(_: { me: Me }) { return null; }
