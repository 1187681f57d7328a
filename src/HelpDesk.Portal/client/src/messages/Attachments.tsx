import type { Message } from '../api/tickets';
import { useText } from '../i18n/text';
import { Icon } from '../ui/Icon';

/** The files of a message, as downloads: nothing that a stranger has sent is shown in the page. */
export function Attachments({ files }: { files: Message['attachments'] }) {
  const { format } = useText();
  if (files.length === 0) return null;
  return (
    <ul className="hd-files">
      {files.map((file) => (
        <li key={file.id}>
          <a className="hd-file" href={file.url} download={file.fileName}>
            <Icon name="clip" />
            <bdi className="hd-file-name">{file.fileName}</bdi>
            <span className="hd-muted">{format.size(Number(file.size))}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
