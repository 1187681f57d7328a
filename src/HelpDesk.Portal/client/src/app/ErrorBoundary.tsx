import { Component, type ReactNode } from 'react';

interface Props {
  message: string;
  retry: string;
  children: ReactNode;
}

/** A page that fails, or whose script a new version has replaced, says so; the rest stays. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="hd-banner hd-banner-danger" role="alert">
        <p>{this.props.message}</p>
        <button type="button" className="hd-button" onClick={() => location.reload()}>{this.props.retry}</button>
      </div>
    );
  }
}
