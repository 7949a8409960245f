import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Button, LinkButton } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { useCommands } from "../../../office/commands.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficePage } from "../../../office/office-page.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { daysBetween, todayHere } from "./days.ts";
import type { Entry } from "./entries.ts";
import { SCHEDULE_FILTERS, type View, daysOfView, turned } from "./filters.ts";
import { MoveDialog, type MoveProposal } from "./move-dialog.tsx";
import { NOTHING } from "./resource-rows.tsx";
import { ScheduleFilterBar } from "./schedule-filter-bar.tsx";
import { ScheduleHead } from "./schedule-head.tsx";
import { ScheduleView } from "./schedule-view.tsx";
import { shownOf, useCalendar } from "./use-calendar.ts";
import type { Cell } from "./grid-rows.ts";
import "./page.css";

const OPTIONS_FRESH_MS = 60_000;
const MOVABLE: readonly string[] = ["draft", "tentative", "confirmed"];

/** The academy's calendar: what is planned, by month, by week, by room and by instructor. */
export function SchedulePage() {
  const t = useTranslations("officeSchedule");
  const api = useApi();
  const router = useRouter();
  const mayPlan = useMay()("runs.write");
  const address = useAddressFilters(SCHEDULE_FILTERS);
  const { filters } = address;
  const today = todayHere();
  const { view = "month", date = today } = filters;
  const weeks = daysOfView(view, date);
  const days = weeks.flat();
  const calendar = useCalendar(days, filters);
  const options = useQuery(
    api.runs.options.queryOptions(undefined, { staleTime: OPTIONS_FRESH_MS }),
  );
  const [cursor, setCursor] = useState<Cell>({ day: date, row: null });
  const [proposal, setProposal] = useState<MoveProposal>();

  function show(changes: { view?: View; date?: string }): void {
    if (changes.date !== undefined) setCursor({ day: changes.date, row: cursor.row });
    address.set(changes);
  }
  function open(path: string): void {
    void router.navigate({ href: path });
  }
  const newPath = `/office/schedule/new?day=${cursor.day}`;
  const go = {
    today: () => show({ date: today }),
    month: () => show({ view: "month" }),
    week: () => show({ view: "week", date: cursor.day }),
    rooms: () => show({ view: "rooms", date: cursor.day }),
    people: () => show({ view: "people", date: cursor.day }),
    plan: () => open(newPath),
  };
  useShortcut("t", t("today"), { run: go.today });
  useShortcut("m", t("view_month"), { run: go.month });
  useShortcut("w", t("view_week"), { run: go.week });
  useShortcut("r", t("view_rooms"), { run: go.rooms });
  useShortcut("p", t("view_people"), { run: go.people });
  useShortcut("n", t("newRun"), { run: go.plan, isOff: !mayPlan });
  useCommands([
    { id: "today", words: t("today"), keys: "t", run: go.today },
    { id: "month", words: t("view_month"), keys: "m", run: go.month },
    { id: "week", words: t("view_week"), keys: "w", run: go.week },
    { id: "rooms", words: t("view_rooms"), keys: "r", run: go.rooms },
    { id: "people", words: t("view_people"), keys: "p", run: go.people },
    ...(mayPlan
      ? [
          { id: "new", words: t("newRun"), keys: "n", run: go.plan },
          { id: "series", words: t("newSeries"), run: () => open("/office/schedule/series") },
        ]
      : []),
  ]);

  const canMove = ({ run }: Entry) => mayPlan && MOVABLE.includes(run.status);
  return (
    <OfficePage
      title={t("title")}
      lede={t("lede")}
      actions={
        mayPlan ? (
          <>
            <LinkButton to="/office/schedule/series" variant="outline" size="small">
              {t("newSeries")}
            </LinkButton>
            <LinkButton to="/office/schedule/new" search={{ day: cursor.day }} size="small">
              {t("newRun")}
            </LinkButton>
          </>
        ) : undefined
      }
    >
      <ScheduleHead
        view={view}
        date={date}
        days={days}
        onView={(next) => show({ view: next, date: cursor.day })}
        onTurn={(by) => show({ date: turned(view, date, by) })}
        onToday={go.today}
      />
      <ScheduleFilterBar address={address} options={options.data} pages={calendar.data?.pages} />
      <Loaded query={calendar}>
        {(pages) => (
          <ScheduleView
            view={view}
            weeks={weeks}
            today={today}
            shown={shownOf(pages, days)}
            options={options.data}
            filters={filters}
            isStale={calendar.isPlaceholderData}
            cursor={cursor}
            onCursor={setCursor}
            onShow={show}
            onOpen={({ run }) => open(`/office/runs/${run.id}`)}
            canMove={canMove}
            onMove={(entry, from, to) => setProposal(proposalOf(view, entry, from, to))}
          />
        )}
      </Loaded>
      {calendar.hasNextPage ? (
        <div className="schedule-cut" role="status">
          <p>{t("cut")}</p>
          <Button
            variant="outline"
            size="small"
            isBusy={calendar.isFetchingNextPage}
            onClick={() => void calendar.fetchNextPage()}
          >
            {t("loadMore")}
          </Button>
        </div>
      ) : null}
      {proposal === undefined ? null : (
        <MoveDialog
          key={`${proposal.entry.run.id} ${proposal.days}`}
          proposal={proposal}
          options={options.data}
          onClose={() => setProposal(undefined)}
        />
      )}
    </OfficePage>
  );
}

/** What somebody wants who lets a session go on a cell; `null`: that is yet to be chosen. */
function proposalOf(view: View, entry: Entry, from: Cell, to: Cell | null): MoveProposal {
  if (to === null) return { entry, days: 0 };
  const days = daysBetween(from.day, to.day);
  if (to.row === null || to.row === from.row || to.row === NOTHING) return { entry, days };
  if (view === "rooms") return { entry, days, roomId: to.row };
  const others = entry.instructorIds.filter((id) => id !== from.row && id !== to.row);
  return { entry, days, instructorIds: [...others, to.row] };
}
