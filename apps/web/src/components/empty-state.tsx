import type { ReactNode } from "react";
import "./empty-state.css";

/** Nothing is there: why, and what to do. */
export function EmptyState(props: { title: string; words: string; children?: ReactNode }) {
  return (
    <div className="empty-state">
      <h2 className="empty-state-title">{props.title}</h2>
      <p>{props.words}</p>
      {props.children}
    </div>
  );
}
