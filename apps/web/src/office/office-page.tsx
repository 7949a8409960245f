import type { ReactNode } from "react";
import "./office-page.css";

interface OfficePageProps {
  readonly title: ReactNode;
  /** One line on what the page is for. */
  readonly lede?: ReactNode;
  /** What can be done with the whole page, beside its heading: buttons, links. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the back office: its heading, what can be done with it, and its content. */
export function OfficePage({ title, lede, actions, children }: OfficePageProps) {
  return (
    <div className="office-page">
      <header className="office-page-head">
        <div>
          <h1>{title}</h1>
          {lede === undefined ? null : <p className="office-page-lede">{lede}</p>}
        </div>
        {actions === undefined ? null : <div className="office-page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
