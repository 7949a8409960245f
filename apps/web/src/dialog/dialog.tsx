import { type ReactNode, useEffect, useId, useRef } from "react";
import "./dialog.css";

interface DialogProps {
  readonly title: string;
  /** Called when it is closed, in whatever way. The focus is back by then where it came from. */
  readonly onClose: () => void;
  /** @param close closes it */
  readonly children: (close: () => void) => ReactNode;
}

/** Something to decide before the page goes on. It is open for as long as it is there. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    if (element.current?.open === false) element.current.showModal();
  }, []);
  return (
    <dialog ref={element} className="dialog" aria-labelledby={heading} onClose={onClose}>
      <h2 id={heading}>{title}</h2>
      {children(() => element.current?.close())}
    </dialog>
  );
}

/** What can be done in a dialog, side by side; the last is what it is for. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <p className="dialog-actions">{children}</p>;
}
