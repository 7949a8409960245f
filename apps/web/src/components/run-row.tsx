import type { RunSummary } from "@lectern/contract/runs";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { formatDays } from "../format/dates.ts";
import { formatMoney } from "../format/money.ts";
import { languageName } from "../format/names.ts";
import { langOf } from "../language/lang-of.ts";
import { LinkButton } from "./button.tsx";
import { Localized } from "./localized.tsx";
import { PlacesLeft } from "./places-left.tsx";
import { ReadersHours, RunDays, RunHours } from "./run-time.tsx";
import { MODE_WORDS } from "./words.ts";
import "./run-row.css";

interface RunRowProps {
  readonly run: RunSummary;
  /** `course`: on a course's own page, where its title goes without saying; `list`: among others. */
  readonly among: "course" | "list";
}

/** One date in a list of dates: when, where, what is left, and the way to book it. */
export function RunRow({ run, among }: RunRowProps) {
  const t = useTranslations();
  const { course, venue } = run;
  const place = venue === null ? t("run.online") : venue.city;
  const days = formatDays(run.localStart, run.localEnd);
  const isOnline = run.deliveryMode === "virtual";
  return (
    <li className="run-row">
      <p className="run-row-days">
        <RunDays run={run} year={among === "course"} />
      </p>
      <div className="run-row-what">
        {among === "list" ? (
          <h3 className="run-row-title" lang={langOf(course.contentLanguage)}>
            <Link to="/courses/$slug" params={{ slug: course.slug }}>
              {course.title}
            </Link>
          </h3>
        ) : null}
        <p className="run-row-where">
          {among === "list" ? `${place}, ` : null}
          <RunHours run={run} />
        </p>
        <p className="facts">
          <span>{t(MODE_WORDS[run.deliveryMode])}</span>
          <Localized>{t("run.taughtIn", { language: languageName(run.language) })}</Localized>
          {among === "course" && venue !== null ? <span>{venue.name}</span> : null}
          {run.status === "tentative" ? (
            <span title={t("run.tentativeWords")}>{t("run.tentative")}</span>
          ) : null}
          {isOnline ? <ReadersHours run={run} /> : null}
        </p>
      </div>
      <p className="run-row-price">
        {run.price === null ? (
          <span className="run-row-request">{t("run.onRequest")}</span>
        ) : (
          <Localized>{formatMoney(run.price)}</Localized>
        )}
        <PlacesLeft run={run} />
      </p>
      <p className="run-row-action">
        {run.bookability === "open" ? (
          <LinkButton
            to="/book/$runId"
            params={{ runId: run.id }}
            size="small"
            variant="outline"
            aria-label={t("run.bookOf", { course: course.title, days, place })}
            suppressHydrationWarning
          >
            {t("run.book")}
          </LinkButton>
        ) : run.bookability === "sold_out" ? (
          <Link
            className="run-row-ask"
            to="/book/$runId"
            params={{ runId: run.id }}
            aria-label={t("run.waitOf", { course: course.title, days, place })}
            suppressHydrationWarning
          >
            {t("run.wait")}
          </Link>
        ) : (
          <Link
            className="run-row-ask"
            to="/contact"
            search={{ kind: "contact", course: course.slug }}
            aria-label={t("run.askInsteadOf", { course: course.title, days, place })}
            suppressHydrationWarning
          >
            {t("run.askInstead")}
          </Link>
        )}
      </p>
    </li>
  );
}
