import type { RunForStaff, StaffSession } from "@lectern/contract/run-office";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { textFilter } from "../../../office/address-filters.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeInstant, OfficeTime } from "../../../office/office-time.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { RunState } from "../run/run-state.tsx";
import { UnsentNotice } from "../run/unsent-notice.tsx";
import { useAttendance } from "../run/use-attendance.ts";
import { findInRoster, useRoster } from "../run/use-roster.ts";
import { markingState, sessionOfNow, useRun } from "../run/use-run.ts";
import { useSessionNames } from "../run/use-session-names.ts";
import { CheckInList } from "./check-in-list.tsx";
import { type LastMark, LastMarkBar } from "./last-mark-bar.tsx";
import { OthersAbsentDialog } from "./others-absent-dialog.tsx";
import "./page.css";

const FILTERS = z.object({ session: textFilter(40) });

/** Who is there, marked on a phone at a door. */
export function CheckInPage() {
  const { runId } = useParams({ from: "/office/runs/$runId/check-in" });
  const query = useRun(runId);
  return <Loaded query={query}>{(run) => <CheckIn run={run} />}</Loaded>;
}

function CheckIn({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const names = useSessionNames();
  const address = useAddressFilters(FILTERS);
  // The one that is on as the page opens: it does not change under somebody's hands.
  const [first] = useState(() => sessionOfNow(run, Date.now())?.id);
  const session =
    run.sessions.find(({ id }) => id === address.filters.session) ??
    run.sessions.find(({ id }) => id === first);
  return (
    <div className="run-check-in">
      <header className="run-check-in-head">
        <p>
          <OfficeLink href={`/office/runs/${run.id}`}>{t("backToRun")}</OfficeLink>
        </p>
        <div className="run-check-in-title">
          <h1>{run.course.title}</h1>
          <RunState status={run.status} />
        </div>
        <p className="facts">
          <OfficeTime when={session ?? run} />
          {session?.room == null ? null : <span>{session.room.name}</span>}
        </p>
        {run.sessions.length > 1 ? (
          <select
            className="select run-check-in-session"
            aria-label={t("whichSession")}
            value={session?.id ?? ""}
            onChange={({ currentTarget }) => address.set({ session: currentTarget.value })}
          >
            {run.sessions.map((one) => (
              <option key={one.id} value={one.id}>
                {names.ofSession(one)}
              </option>
            ))}
          </select>
        ) : null}
      </header>
      {session === undefined ? (
        <p>{t("noSessions")}</p>
      ) : (
        <Door key={session.id} run={run} session={session} />
      )}
    </div>
  );
}

function Door({ run, session }: { run: RunForStaff; session: StaffSession }) {
  const t = useTranslations("officeRun");
  const roster = useRoster(run.id);
  const attendance = useAttendance(run.id);
  const [search, setSearch] = useState("");
  const [isAsking, setIsAsking] = useState(false);
  const [last, setLast] = useState<LastMark>();
  const { items } = roster;
  const state = markingState(session, Date.now());
  const markOf = (registrationId: string) =>
    attendance.of({ sessionId: session.id, registrationId })?.mark ?? null;
  const marks = items.map(({ registrationId }) => markOf(registrationId));
  const here = marks.filter((mark) => mark === "present" || mark === "partial").length;
  const unmarked = items.filter(({ registrationId }) => markOf(registrationId) === null);
  const found = findInRoster(items, search);
  return (
    <Loaded query={roster}>
      {() => (
        <>
          <div className="run-check-in-count">
            <p role="status" className="figures">
              {t("here", { here: String(here), total: String(items.length) })}
            </p>
            <progress value={here} max={Math.max(1, items.length)} aria-hidden="true" />
          </div>
          <Closed session={session} state={state} timeZone={run.timeZone} />
          <UnsentNotice attendance={attendance} roster={items} />
          <div className="run-check-in-search">
            <input
              type="search"
              className="field"
              aria-label={t("findName")}
              placeholder={t("findName")}
              autoComplete="off"
              value={search}
              onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            />
            {search === "" ? null : (
              <button type="button" className="plain-button" onClick={() => setSearch("")}>
                {t("clearName")}
              </button>
            )}
          </div>
          {search === "" ? null : (
            <p role="status" className="aside-note">
              {t("shownOf", { count: found.length })}
            </p>
          )}
          {items.length === 0 ? <p>{t("rosterEmptyTitle")}</p> : null}
          <CheckInList
            items={found}
            session={session}
            attendance={attendance}
            isOpen={state === "open"}
            onMarked={setLast}
          />
          {state === "open" && unmarked.length > 0 ? (
            <p className="run-check-in-others">
              <Button variant="outline" onClick={() => setIsAsking(true)}>
                {t("allMarked")}
              </Button>
            </p>
          ) : null}
          <LastMarkBar last={last} onEnd={() => setLast(undefined)} />
          {isAsking ? (
            <OthersAbsentDialog
              count={unmarked.length}
              onMark={() => {
                for (const { registrationId } of unmarked) {
                  attendance.mark({ sessionId: session.id, registrationId }, "absent");
                }
              }}
              onClose={() => setIsAsking(false)}
            />
          ) : null}
        </>
      )}
    </Loaded>
  );
}

interface ClosedProps {
  readonly session: StaffSession;
  readonly state: ReturnType<typeof markingState>;
  readonly timeZone: string;
}

/** Why nobody can be marked now. */
function Closed({ session, state, timeZone }: ClosedProps) {
  const t = useTranslations("officeRun");
  if (state === "open") return null;
  return (
    <p className="run-check-in-closed">
      {state === "never" ? t("mayNotMark") : null}
      {state === "over" ? t("isOver") : null}
      {state === "not_yet" && session.attendance !== null ? (
        <>
          {t("notOpenYet")}{" "}
          <OfficeInstant instant={session.attendance.opensAt} timeZone={timeZone} />
        </>
      ) : null}
    </p>
  );
}
