import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { OfficeIcon } from "./office-icon.tsx";
import "./side-panel.css";

interface SidePanelProps {
  readonly title: ReactNode;
  readonly badge?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * One record beside the list that it is of, which can be used meanwhile. It takes the focus, Escape closes it, and the
 * focus goes back to where it was.
 */
export function SidePanel({ title, badge, onClose, children }: SidePanelProps) {
  const t = useTranslations("office");
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      const isLost = document.activeElement === document.body || document.activeElement === null;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      className="side-panel"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <header className="side-panel-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {badge}
        <button
          type="button"
          className="side-panel-close"
          aria-label={t("close")}
          onClick={onClose}
        >
          <OfficeIcon name="close" />
        </button>
      </header>
      {children}
    </aside>
  );
}
