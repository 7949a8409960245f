import type { WaitlistEntryDetail } from "@lectern/contract/waitlist";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { RunDays } from "../../../components/run-time.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { formatInstantIn } from "../../../format/dates.ts";
import { langOf } from "../../../language/lang-of.ts";
import { RunSide } from "../booking/run-side.tsx";
import { Ended } from "./ended.tsx";
import { LeaveButton } from "./leave-button.tsx";
import { Offer } from "./offer.tsx";
import type { StandingNews } from "./standing.ts";
import { useLiveEntry } from "./use-live-entry.ts";

interface EntryProps {
  readonly entry: WaitlistEntryDetail;
  readonly accessKey: string;
  /** When it was read, on this device's clock. */
  readonly readAt: number;
}

/** Where a party stands, as it changes, and what it can do. */
export function Entry({ entry, accessKey, readAt }: EntryProps) {
  const t = useTranslations("waitlist");
  const tRun = useTranslations("run");
  const { status, run } = entry;
  const { waiting, news } = useLiveEntry(entry, accessKey);
  const heading = useFocusOnChange<HTMLHeadingElement>(headingKey(entry), true);
  const title = useHeading(entry);
  useTitle(title);

  function newsWords(last: StandingNews | undefined): string {
    switch (last?.kind) {
      case "position":
        return t("newsPosition", { position: last.position });
      case "offered":
        return t("newsOffered", { count: last.count });
      case "ended":
        return t("newsEnded");
      case undefined:
        return "";
    }
  }
  return (
    <div className="page waitlist">
      <header className="waitlist-head">
        <p className="waitlist-course" lang={langOf(run.course.contentLanguage)}>
          <Link to="/courses/$slug" params={{ slug: run.course.slug }}>
            {run.course.title}
          </Link>
          <span>
            <RunDays run={run} />, {run.venue?.city ?? tRun("online")}
          </span>
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="visually-hidden" role="status">
          {newsWords(news)}
        </p>
      </header>
      <div className="waitlist-frame">
        <div className="waitlist-step">
          {status === "waiting" ? (
            <Waiting entry={entry} accessKey={accessKey} waiting={waiting} />
          ) : status === "offered" && entry.offer !== null ? (
            <Offer entry={entry} offer={entry.offer} accessKey={accessKey} readAt={readAt} />
          ) : (
            <Ended entry={entry} />
          )}
          <Facts entry={entry} />
        </div>
        <RunSide run={run} />
      </div>
    </div>
  );
}

/** Says in the tab how things stand: it may be behind others. */
function useTitle(title: string): void {
  const t = useTranslations("site");
  const text = t("titleOf", { title });
  useEffect(() => {
    const before = document.title;
    document.title = text;
    return () => {
      // Unless the next page has its own already.
      if (document.title === text) document.title = before;
    };
  }, [text]);
}

/** The focus follows what the visitor did or found, not the line that moves up. */
function headingKey({ status, entryId }: WaitlistEntryDetail): string {
  return status === "offered" ? `${entryId} waiting` : `${entryId} ${status}`;
}

function useHeading({ status, position, offer }: WaitlistEntryDetail): string {
  const t = useTranslations("waitlist");
  switch (status) {
    case "waiting":
      if (position === 1) return t("heading_next");
      return t("heading_waiting", { position: position ?? 1 });
    case "offered":
      return t("heading_offered", { count: offer?.quantity ?? 1 });
    default:
      return t(`heading_${status}`);
  }
}

function Waiting(props: Omit<EntryProps, "readAt"> & { waiting: number | null }) {
  const { entry, accessKey, waiting } = props;
  const t = useTranslations("waitlist");
  return (
    <>
      <p>{t("words_waiting", { email: entry.email })}</p>
      <p className="facts">
        <span>{t("before", { count: entry.partiesBefore ?? 0 })}</span>
        {waiting === null ? null : <span>{t("inAll", { count: waiting })}</span>}
      </p>
      <LeaveButton entryId={entry.entryId} accessKey={accessKey} kind="leave" />
    </>
  );
}

function Facts({ entry }: { entry: WaitlistEntryDetail }) {
  const t = useTranslations("waitlist");
  const { quantity, takesFewer, name, email, company, joinedAt } = entry;
  return (
    <dl className="waitlist-facts">
      <div>
        <dt className="label">{t("wanted")}</dt>
        <dd>
          {t(takesFewer && quantity > 1 ? "wantedOrFewer" : "wantedPlaces", { count: quantity })}
        </dd>
      </div>
      <div>
        <dt className="label">{t("forWhom")}</dt>
        <dd>
          {name}, {email}
          {company === null ? null : <>, {company}</>}
        </dd>
      </div>
      <div>
        <dt className="label">{t("since")}</dt>
        <dd>
          <Localized>
            {t("sinceTime", { since: formatInstantIn(joinedAt, entry.run.timeZone) })}
          </Localized>
        </dd>
      </div>
    </dl>
  );
}
