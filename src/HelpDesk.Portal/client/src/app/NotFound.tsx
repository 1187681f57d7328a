import { Link } from 'react-router';
import { useText } from '../i18n/text';
import { useTitle } from '../ui/useTitle';

export function NotFound() {
  const { t } = useText();
  useTitle(t.notFound);
  return (
    <div className="hd-empty">
      <h1>{t.notFound}</h1>
      <p>{t.notFoundHint}</p>
      <p><Link className="hd-button" to="/">{t.toStart}</Link></p>
    </div>
  );
}
