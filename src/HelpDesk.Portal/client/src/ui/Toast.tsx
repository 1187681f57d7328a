import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

const ToastContext = createContext<(text: string) => void>(() => undefined);

/** A toast confirms what was done, and nothing else: errors stand where they happened. */
export function useToast(): (text: string) => void {
  return useContext(ToastContext);
}

const lifetime = 5_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<{ id: number; text: string }[]>([]);
  const show = useCallback((text: string) => {
    const id = performance.now();
    setToasts((shown) => [...shown.slice(-2), { id, text }]);
    setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), lifetime);
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      <div className="hd-toasts" role="status">
        {toasts.map((toast) => <div key={toast.id} className="hd-toast">{toast.text}</div>)}
      </div>
    </ToastContext>
  );
}
