import { useEffect, useId, useRef, useState } from "react";
import { OfficeIcon } from "./office-icon.tsx";
import "./actions-menu.css";

/** Something that can be done. */
export interface Action {
  readonly id: string;
  readonly words: string;
  readonly isDangerous?: boolean;
  run(): void;
}

interface ActionsMenuProps {
  readonly label: string;
  readonly actions: readonly Action[];
  /** Of the button, where the keyboard goes from record to record another way. */
  readonly tabIndex?: number;
}

/** What can be done, behind a button: for what is not the one thing to do. */
export function ActionsMenu({ label, actions, tabIndex }: ActionsMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    function closeOutside({ target }: Event): void {
      if (target instanceof Node && element.current?.contains(target) === false) setIsOpen(false);
    }
    function closeByKey(event: KeyboardEvent): void {
      if (event.key !== "Escape") return;
      event.preventDefault();
      setIsOpen(false);
      button.current?.focus();
    }
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    element.current?.addEventListener("keydown", closeByKey);
    const within = element.current;
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
      within?.removeEventListener("keydown", closeByKey);
    };
  }, [isOpen]);
  if (actions.length === 0) return null;
  return (
    <div ref={element} className="actions-menu">
      <button
        ref={button}
        type="button"
        className="actions-menu-button"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={id}
        tabIndex={tabIndex}
        onClick={() => setIsOpen(!isOpen)}
      >
        <OfficeIcon name="more" />
      </button>
      <ul id={id} className="actions-menu-list" hidden={!isOpen}>
        {actions.map((action) => (
          <li key={action.id}>
            <button
              type="button"
              data-dangerous={action.isDangerous}
              onClick={() => {
                // The focus is back before anything opens that takes it.
                setIsOpen(false);
                button.current?.focus();
                action.run();
              }}
            >
              {action.words}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
