export default function HeldMail() { return null; }
