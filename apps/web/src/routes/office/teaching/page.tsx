import type { TaughtRun } from "@lectern/contract/run-office";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useApi } from "../../../data/api.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficePage } from "../../../office/office-page.tsx";
import { OfficeTime } from "../../../office/office-time.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { MoreButton } from "../run/more-button.tsx";
import { RunState } from "../run/run-state.tsx";
import "./page.css";

/** What somebody teaches. */
export function TeachingPage() {
  const t = useTranslations("officeRun");
  return (
    <OfficePage title={t("teachingTitle")} lede={t("teachingLede")}>
      <RecordSection title={t("teachingAhead")}>
        <Taught when="ahead" />
      </RecordSection>
      <RecordSection title={t("teachingPast")}>
        <Taught when="past" />
      </RecordSection>
    </OfficePage>
  );
}

function Taught({ when }: { when: "ahead" | "past" }) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const list = useInfiniteQuery(
    api.runs.teaching.infiniteQueryOptions(
      { when, limit: 20 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  return (
    <Loaded query={list}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) {
          return when === "ahead" ? (
            <EmptyState title={t("teachingNoneTitle")} words={t("teachingNoneWords")} />
          ) : (
            <p>{t("teachingPastNone")}</p>
          );
        }
        return (
          <>
            <ul className="teaching-list">
              {items.map((taught) => (
                <TaughtItem key={taught.run.id} taught={taught} />
              ))}
            </ul>
            <MoreButton list={list} />
          </>
        );
      }}
    </Loaded>
  );
}

function TaughtItem({ taught: { run, sessions, next, comes } }: { taught: TaughtRun }) {
  const t = useTranslations("officeRun");
  const address = `/office/runs/${run.id}`;
  return (
    <li className="teaching-run">
      <div>
        <div className="teaching-run-head">
          <h3>
            <OfficeLink href={address}>{run.course.title}</OfficeLink>
          </h3>
          <RunState status={run.status} />
        </div>
        <p className="facts">
          <OfficeTime when={run} />
          <span>{run.venue === null ? t("online") : `${run.venue.name}, ${run.venue.city}`}</span>
          <span>{t("yourSessions", { count: sessions })}</span>
          <span className="figures">{t("comes", { count: comes })}</span>
        </p>
        {next === null || sessions === 1 ? null : (
          <p className="facts">
            <span>{t("nextSession")}</span>
            <OfficeTime when={next} />
            {next.room === null ? null : <span>{next.room.name}</span>}
          </p>
        )}
      </div>
      {next === null ? null : (
        <OfficeLink
          href={`${address}/check-in?session=${next.id}`}
          className="button button-outline button-small"
        >
          {t("checkIn")}
        </OfficeLink>
      )}
    </li>
  );
}
