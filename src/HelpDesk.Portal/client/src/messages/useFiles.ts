import { useState } from 'react';
import { config } from '../app/config';
import { useText } from '../i18n/text';

/** The files that go with a message. What the API would refuse is told at once, and not taken. */
export function useFiles() {
  const { t, format } = useText();
  const [files, setFiles] = useState<File[]>([]);
  const [problems, setProblems] = useState<string[]>([]);
  const { files: most, fileSize } = config.limits;

  return {
    files,
    problems,
    add(chosen: Iterable<File>) {
      const next = [...files];
      const refused: string[] = [];
      for (const file of chosen) {
        if (file.size > fileSize) refused.push(t.fileTooLarge(file.name, format.size(fileSize)));
        else if (file.size === 0) refused.push(t.fileEmpty(file.name));
        else if (next.length >= most) refused.push(t.tooManyFiles(most));
        else next.push(file);
      }
      setFiles(next);
      setProblems([...new Set(refused)]);
    },
    remove(file: File) {
      setFiles(files.filter((each) => each !== file));
      setProblems([]);
    },
    clear() {
      setFiles([]);
      setProblems([]);
    },
  };
}

export type Files = ReturnType<typeof useFiles>;
