import type { ReactNode } from "react";
import { useFocusOnChange } from "../components/use-focus.ts";
import "./entry-frame.css";

interface EntryFrameProps {
  readonly title: string;
  readonly lede?: ReactNode;
  /** What else can be done by who came here. */
  readonly side?: ReactNode;
  readonly children?: ReactNode;
}

/** What stands around the ways into an account. */
export function EntryFrame({ title, lede, side, children }: EntryFrameProps) {
  const heading = useFocusOnChange<HTMLHeadingElement>(title);
  return (
    <div className="page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lede === undefined ? null : <p className="page-head-lede">{lede}</p>}
      </header>
      <div className="entry-frame">
        <div className="entry-step">{children}</div>
        {side === undefined ? null : <aside className="entry-side">{side}</aside>}
      </div>
    </div>
  );
}
