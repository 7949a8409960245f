import type { RunSummary } from "@lectern/contract/runs";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { RunDays, RunHours } from "../components/run-time.tsx";

interface DatedRowProps {
  readonly run: RunSummary;
  readonly facts: ReactNode;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** One of a company's things that has a date: which course, when and where, and what is to be said of it. */
export function DatedRow({ run, facts, children }: DatedRowProps) {
  const t = useTranslations("run");
  const { course, venue } = run;
  return (
    <li className="organisation-one">
      <p className="organisation-days">
        <RunDays run={run} />
      </p>
      <div className="organisation-what">
        <h3 className="organisation-title">
          <Link to="/courses/$slug" params={{ slug: course.slug }}>
            {course.title}
          </Link>
        </h3>
        <p className="organisation-where">
          {venue === null ? t("online") : `${venue.name}, ${venue.city}`}, <RunHours run={run} />
        </p>
        <p className="facts">{facts}</p>
        {children}
      </div>
    </li>
  );
}
