import type { RunSummary } from "@lectern/contract/runs";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ReadersHours, RunDays, RunHours } from "../../../components/run-time.tsx";
import { MODE_WORDS } from "../../../components/words.ts";
import { langOf } from "../../../language/lang-of.ts";

interface TrainingRowProps {
  readonly run: RunSummary;
  /** How somebody stands to it. */
  readonly facts: ReactNode;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** A date that concerns somebody: what, when, where, and how they stand to it. */
export function TrainingRow({ run, facts, children }: TrainingRowProps) {
  const t = useTranslations();
  const { course, venue } = run;
  return (
    <li className="trainings-one">
      <p className="trainings-days">
        <RunDays run={run} />
      </p>
      <div className="trainings-what">
        <h3 className="trainings-title" lang={langOf(course.contentLanguage)}>
          <Link to="/courses/$slug" params={{ slug: course.slug }}>
            {course.title}
          </Link>
        </h3>
        <p className="trainings-where">
          {venue === null
            ? t("run.online")
            : [venue.name, venue.street, venue.city].filter(Boolean).join(", ")}
          {", "}
          <RunHours run={run} />
        </p>
        <p className="facts">
          <span>{t(MODE_WORDS[run.deliveryMode])}</span>
          {run.deliveryMode === "virtual" ? <ReadersHours run={run} /> : null}
          {facts}
        </p>
        {children}
      </div>
    </li>
  );
}
