export default function CreateRequest() { return null; }
