import { useId, useRef, useState, type DragEvent } from 'react';
import { config } from '../app/config';
import { useText } from '../i18n/text';
import { Icon } from '../ui/Icon';
import type { Files } from './useFiles';

interface Props {
  files: Files;
  /** How much has been sent, in percent; null while nothing is being sent. */
  progress: number | null;
  onCancel: () => void;
}

/** Files by a native input, by drop or by choice, each with what it weighs and a way to take it away. */
export function FilePicker({ files, progress, onCancel }: Props) {
  const { t, format } = useText();
  const input = useRef<HTMLInputElement>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const hint = useId();
  const [isOver, setOver] = useState(false);
  const isSending = progress !== null;

  if (config.limits.files === 0) return null;

  function remove(file: File) {
    files.remove(file);
    choose.current?.focus(); // The button that was pressed is gone.
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    if (!isSending) files.add(event.dataTransfer.files);
  }

  return (
    <div className="hd-drop" data-over={isOver} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}>
      <div className="hd-card-line">
        <button ref={choose} type="button" className="hd-button" disabled={isSending} aria-describedby={hint} onClick={() => input.current?.click()}>
          <Icon name="clip" />{t.chooseFiles}
        </button>
        <span id={hint} className="hd-hint">{t.fileLimits(config.limits.files, format.size(config.limits.fileSize))}</span>
        <input
          ref={input}
          className="hd-sr"
          type="file"
          multiple
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            files.add(event.target.files ?? []);
            event.target.value = '';
          }}
        />
      </div>
      {files.problems.map((problem) => <p key={problem} className="hd-error" role="alert">{problem}</p>)}
      {files.files.length > 0 && (
        <ul className="hd-files">
          {files.files.map((file, index) => (
            <li key={`${index}-${file.name}`} className="hd-file">
              <bdi className="hd-file-name">{file.name}</bdi>
              <span className="hd-muted">{format.size(file.size)}</span>
              {!isSending && (
                <button type="button" className="hd-button hd-button-quiet" aria-label={t.removeFile(file.name)} onClick={() => remove(file)}>✕</button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isSending && files.files.length > 0 && (
        <div className="hd-card-line">
          <progress max={100} value={progress} aria-label={t.uploadingFiles} />
          <span>{t.uploading(progress)}</span>
          {/* Once all has been sent, the server may have taken it. */}
          {progress < 100 && <button type="button" className="hd-button" onClick={onCancel}>{t.cancelUpload}</button>}
        </div>
      )}
    </div>
  );
}
