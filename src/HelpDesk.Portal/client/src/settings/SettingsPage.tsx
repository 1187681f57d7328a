import type { Me } from '../api/people';

export default function SettingsPage(_: { me: Me }) { return null; }
