import type { ReactNode } from "react";
import "./state-badge.css";

/** How a state is meant: as it should be, needing somebody, gone wrong, or over. */
export type Tone = "neutral" | "good" | "waiting" | "bad" | "over";

/** The state of a record, in a word. */
export function StateBadge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="state-badge" data-tone={tone}>
      {children}
    </span>
  );
}
