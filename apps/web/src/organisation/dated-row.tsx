import type { RunSummary } from "@lectern/contract/runs";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { RunDays, RunHours } from "../components/run-time.tsx";
import { useOrganisationSurroundings } from "./organisation-surroundings.tsx";
import "./organisation-list.css";

interface DatedRowProps {
  readonly run: RunSummary;
  readonly facts: ReactNode;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** One of a company's things that has a date: which course, when and where, and what is to be said of it. */
export function DatedRow({ run, facts, children }: DatedRowProps) {
  const t = useTranslations("run");
  const { RunLink } = useOrganisationSurroundings();
  const { course, venue } = run;
  return (
    <li className="organisation-one">
      <p className="organisation-days">
        <RunDays run={run} />
      </p>
      <div className="organisation-what">
        <h3 className="organisation-title">
          <RunLink run={run}>{course.title}</RunLink>
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
