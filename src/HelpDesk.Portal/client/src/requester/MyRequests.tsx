export default function MyRequests() { return null; }
