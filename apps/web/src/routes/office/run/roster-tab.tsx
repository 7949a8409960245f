import type { RunForStaff } from "@lectern/contract/run-office";
import { AttendanceMark } from "@lectern/contract/vocabulary";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { saveFile } from "../../../browser/save-file.ts";
import { oneFilter, textFilter } from "../../../office/address-filters.ts";
import { FilterBar } from "../../../office/filter-bar.tsx";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeTable, type OfficeColumn } from "../../../office/office-table.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { useSelection } from "../../../office/use-selection.ts";
import { AttendanceSelect } from "./attendance-select.tsx";
import { ComposeDialog } from "./compose-dialog.tsx";
import { NeedsCell } from "./needs-cell.tsx";
import { csvOf } from "../../../browser/csv.ts";
import { SignInSheet } from "./sign-in-sheet.tsx";
import { UnsentNotice } from "./unsent-notice.tsx";
import { useAttendance } from "./use-attendance.ts";
import { type RosterItem, findInRoster, useNeeds, useRoster } from "./use-roster.ts";
import { useSessionNames } from "./use-session-names.ts";
import { markingState, sessionOfNow } from "./use-run.ts";

/** More sessions than this have no column each: one is chosen. */
const COLUMNS_MAX = 3;

const Unmarked = z.literal("none");
const FILTERS = z.object({
  q: textFilter(),
  mark: oneFilter(z.union([AttendanceMark, Unmarked])),
  session: textFilter(40),
});

function keyOf({ registrationId }: RosterItem): string {
  return registrationId;
}

/** Who comes to a date, and who was there. */
export function RosterTab({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const roster = useRoster(run.id);
  const attendance = useAttendance(run.id);
  const needs = useNeeds(run.id, run.can.mark);
  const filters = useAddressFilters(FILTERS);
  const selection = useSelection(keyOf);
  const [isWriting, setIsWriting] = useState(false);
  const names = useSessionNames();
  const now = Date.now();
  const chosen =
    run.sessions.find(({ id }) => id === filters.filters.session) ?? sessionOfNow(run, now);
  const columns = run.sessions.length > COLUMNS_MAX ? (chosen ? [chosen] : []) : run.sessions;
  const { q, mark } = filters.filters;
  const found = findInRoster(roster.items, q ?? "").filter((item) => {
    if (mark === undefined || chosen === undefined) return true;
    return (attendance.of({ ...item, sessionId: chosen.id })?.mark ?? "none") === mark;
  });

  function download(): void {
    saveFile(
      `roster-${run.course.code}-${run.localStart.slice(0, 10)}.csv`,
      new Blob([csvOf(rowsOf())], { type: "text/csv;charset=utf-8" }),
    );
  }
  function rowsOf(): string[][] {
    const head = [
      t("learner"),
      t("email"),
      t("bookedBy"),
      t("company"),
      t("reference"),
      t("rosterStatus"),
      ...run.sessions.map((session) => names.ofSession(session)),
    ];
    const rows = roster.items.map((item) => [
      item.learner?.name ?? t("unnamed"),
      item.learner?.email ?? "",
      item.booker?.name ?? "",
      item.booker?.company ?? "",
      item.reference,
      t(`registration_${item.status}`),
      ...run.sessions.map(({ id }) => {
        const shown = attendance.of({ ...item, sessionId: id });
        return shown?.mark == null ? "" : t(`mark_${shown.mark}`);
      }),
    ]);
    return [head, ...rows];
  }

  const tableColumns: OfficeColumn<RosterItem>[] = [
    {
      id: "learner",
      head: t("learner"),
      width: "minmax(11rem, 2fr)",
      cell: ({ learner }) => (
        <span className="run-learner">
          <strong>{learner?.name ?? t("unnamed")}</strong>
          {learner === null ? null : <span>{learner.email}</span>}
        </span>
      ),
    },
    {
      id: "booker",
      head: t("bookedBy"),
      width: "minmax(9rem, 1.5fr)",
      cell: ({ booker, reference }) => (
        <span className="run-learner">
          <span>{booker?.company ?? booker?.name}</span>
          {run.can.readBookings ? (
            <OfficeLink href={`/office/bookings/${reference}`}>{reference}</OfficeLink>
          ) : (
            <span>{reference}</span>
          )}
        </span>
      ),
    },
    {
      id: "status",
      head: t("rosterStatus"),
      width: "minmax(6rem, 0.8fr)",
      cell: ({ status }) => t(`registration_${status}`),
    },
    ...(needs.size === 0
      ? []
      : [
          {
            id: "needs",
            head: t("needs"),
            width: "minmax(9rem, 1.5fr)",
            cell: (item: RosterItem) => <NeedsCell needs={needs.get(keyOf(item))} />,
          },
        ]),
    ...columns.map((session) => ({
      id: session.id,
      head: names.short(session),
      width: "minmax(7rem, 0.9fr)",
      cell: (item: RosterItem) => {
        const spot = { sessionId: session.id, registrationId: item.registrationId };
        return (
          <AttendanceSelect
            label={t("markOf", {
              name: item.learner?.name ?? t("unnamed"),
              session: names.ofSession(session),
            })}
            shown={attendance.of(spot)}
            isOpen={markingState(session, now) === "open"}
            onMark={(to) => attendance.mark(spot, to)}
          />
        );
      },
    })),
  ];
  return (
    <div className="run-roster">
      <UnsentNotice attendance={attendance} roster={roster.items} />
      <FilterBar
        page="roster"
        filters={filters}
        fields={[
          { kind: "text", name: "q", words: t("rosterSearch") },
          ...(run.sessions.length > 1
            ? [
                {
                  kind: "one" as const,
                  name: "session",
                  words: t("rosterSession"),
                  choices: run.sessions.map((session) => ({
                    value: session.id,
                    words: names.ofSession(session),
                  })),
                },
              ]
            : []),
          {
            kind: "one",
            name: "mark",
            words: t("rosterMark"),
            choices: [
              { value: "none", words: t("unmarked") },
              ...AttendanceMark.options.map((value) => ({ value, words: t(`mark_${value}`) })),
            ],
          },
        ]}
      >
        <Button variant="outline" size="small" onClick={() => globalThis.print()}>
          {t("print")}
        </Button>
        <Button variant="outline" size="small" onClick={download}>
          {t("download")}
        </Button>
      </FilterBar>
      {run.can.message && selection.items.length > 0 ? (
        <p className="run-chosen">
          <Button size="small" onClick={() => setIsWriting(true)}>
            {t("writeChosen")}
          </Button>
        </p>
      ) : null}
      <Loaded query={roster}>
        {() => (
          <OfficeTable
            label={t("tabRoster")}
            list={{
              ...roster,
              data: { pages: [{ items: [...found], total: found.length }] },
              hasNextPage: false,
            }}
            keyOf={keyOf}
            nameOf={(item) => item.learner?.name ?? `${t("unnamed")}, ${item.reference}`}
            selection={selection}
            columns={tableColumns}
            empty={
              roster.items.length === 0 ? (
                <EmptyState title={t("rosterEmptyTitle")} words={t("rosterEmptyWords")} />
              ) : (
                <EmptyState title={t("rosterNoneTitle")} words={t("rosterNoneWords")} />
              )
            }
          />
        )}
      </Loaded>
      <SignInSheet run={run} roster={roster.items} sessions={columns} />
      {isWriting ? (
        <ComposeDialog
          run={run}
          chosen={selection.items.map(keyOf)}
          onClose={() => setIsWriting(false)}
        />
      ) : null}
    </div>
  );
}
