import type { RunSummary } from "@lectern/contract/runs";
import type { ReactNode } from "react";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { langOf } from "../../../language/lang-of.ts";
import { Link } from "@tanstack/react-router";
import { RunSide } from "../booking/run-side.tsx";

interface ClaimFrameProps {
  readonly run: RunSummary;
  readonly title: string;
  readonly words: string;
  readonly children?: ReactNode;
}

/** What stands around a claim: what it is about, and beside it the date. */
export function ClaimFrame({ run, title, words, children }: ClaimFrameProps) {
  const heading = useFocusOnChange<HTMLHeadingElement>(title, true);
  return (
    <div className="page claim">
      <header className="claim-head">
        <p className="claim-course" lang={langOf(run.course.contentLanguage)}>
          <Link to="/courses/$slug" params={{ slug: run.course.slug }}>
            {run.course.title}
          </Link>
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="claim-words">{words}</p>
      </header>
      <div className="claim-frame">
        <div className="claim-step">{children}</div>
        <RunSide run={run} />
      </div>
    </div>
  );
}
