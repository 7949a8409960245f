import type { RunForStaff } from "@lectern/contract/run-office";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { OfficeInstant, OfficeTime } from "../../../office/office-time.tsx";
import type { Action } from "../../../office/actions-menu.tsx";
import { OfficeLink } from "../../../office/office-link.tsx";
import { CopyField } from "../../../forms/copy-field.tsx";
import { RecordPage, RecordSection, type RecordTab } from "../../../office/record-page.tsx";
import { useCommands } from "../../../office/commands.tsx";
import { useMay } from "../../../office/office-me.ts";
import { MoveDialog } from "../schedule/move-dialog.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { ConfirmRunDialog } from "./confirm-run-dialog.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { InvitationDialog } from "./invitation-dialog.tsx";
import { JoinLinks } from "./join-links.tsx";
import { MessagesTab } from "./messages-tab.tsx";
import { PlacesTab } from "./places-tab.tsx";
import { PricesTab } from "./prices-tab.tsx";
import { RosterTab } from "./roster-tab.tsx";
import { RunState } from "./run-state.tsx";
import { useRun } from "./use-run.ts";
import { WaitingTab } from "./waiting-tab.tsx";
import "./page.css";

export function RunPage() {
  const { runId } = useParams({ from: "/office/runs/$runId" });
  const query = useRun(runId);
  return <Loaded query={query}>{(run) => <Run run={run} />}</Loaded>;
}

type Open = "confirm" | "cancel" | "invite" | "move";

function Run({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const [open, setOpen] = useState<Open>();
  const may = useMay();
  const { can } = run;
  const checkIn = `/office/runs/${run.id}/check-in`;
  const isMarked = can.mark && run.sessions.length > 0;
  const navigate = useNavigate();
  const canBook = may("bookings.make.any") && run.bookability === "open";
  const menu: Action[] = [
    ...(canBook
      ? [
          {
            id: "book",
            words: t("bookFor"),
            run: () => void navigate({ to: "/office/bookings/new", search: { run: run.id } }),
          },
        ]
      : []),
    ...(can.reschedule ? [{ id: "move", words: t("moveRun"), run: () => setOpen("move") }] : []),
    ...(can.invite ? [{ id: "invite", words: t("invitation"), run: () => setOpen("invite") }] : []),
    ...(can.cancel
      ? [
          {
            id: "cancel",
            words: t("cancelRun"),
            isDangerous: true,
            run: () => setOpen("cancel"),
          },
        ]
      : []),
  ];
  useCommands([
    ...menu,
    ...(can.confirm ? [{ id: "confirm", words: t("confirm"), run: () => setOpen("confirm") }] : []),
  ]);
  const close = () => setOpen(undefined);
  const back = may("runs.write")
    ? { href: "/office/schedule", words: t("toSchedule") }
    : { href: "/office/teaching", words: t("teachingTitle") };
  return (
    <>
      <RecordPage
        title={run.course.title}
        back={back}
        badge={<RunState status={run.status} />}
        facts={<Head run={run} />}
        actions={
          <>
            {isMarked ? (
              <OfficeLink href={checkIn} className="button button-filled button-medium">
                {t("checkIn")}
              </OfficeLink>
            ) : null}
            {can.confirm ? (
              <Button variant={isMarked ? "outline" : "filled"} onClick={() => setOpen("confirm")}>
                {t("confirm")}
              </Button>
            ) : null}
          </>
        }
        menu={menu}
        tabs={useTabs(run)}
      />
      {open === "confirm" ? <ConfirmRunDialog run={run} onClose={close} /> : null}
      {open === "cancel" ? <CancelDialog run={run} onClose={close} /> : null}
      {open === "move" ? <MoveRun run={run} onClose={close} /> : null}
      {open === "invite" ? <InvitationDialog run={run} onClose={close} /> : null}
    </>
  );
}

/** Gives it another time, another room or other people who teach. */
function MoveRun({ run, onClose }: { run: RunForStaff; onClose: () => void }) {
  const options = useQuery(useApi().runs.options.queryOptions());
  const instructorIds = run.sessions[0]?.instructors.map(({ id }) => id) ?? [];
  return (
    <MoveDialog
      proposal={{ entry: { run, instructorIds }, days: 0 }}
      options={options.data}
      onClose={onClose}
    />
  );
}

function useTabs(run: RunForStaff): RecordTab[] {
  const t = useTranslations("officeRun");
  const { can } = run;
  const tabs: (RecordTab | false)[] = [
    can.readRoster && {
      id: "roster",
      words: t("tabRoster"),
      content: () => <RosterTab run={run} />,
    },
    can.message && {
      id: "messages",
      words: t("tabMessages"),
      content: () => <MessagesTab run={run} />,
    },
    can.readBookings && {
      id: "places",
      words: t("tabPlaces"),
      content: () => <PlacesTab run={run} />,
    },
    can.readBookings && {
      id: "waiting",
      words: t("tabWaiting"),
      ...(run.places.waiting > 0 && { count: run.places.waiting }),
      content: () => <WaitingTab runId={run.id} timeZone={run.timeZone} />,
    },
    {
      id: "sessions",
      words: t("sessions"),
      content: () => (
        <>
          <Sessions run={run} />
          {can.changeCapacity && run.deliveryMode !== "classroom" ? <JoinLinks run={run} /> : null}
        </>
      ),
    },
    { id: "prices", words: t("tabPrices"), content: () => <PricesTab run={run} /> },
    { id: "history", words: t("tabHistory"), content: () => <HistoryTab run={run} /> },
  ];
  return tabs.filter((tab) => tab !== false);
}

function Head({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const { venue, places, organisation, visibility } = run;
  return (
    <>
      <span>{run.course.code}</span>
      <OfficeTime when={run} />
      <span>{venue === null ? t("online") : `${venue.name}, ${venue.city}`}</span>
      <span className="figures">
        {t("placesTaken", { taken: String(places.taken), capacity: String(places.capacity) })}
      </span>
      {run.status === "tentative" && run.minPlaces > 0 ? (
        <span className="figures">
          {t("below", { booked: String(places.booked), minimum: String(run.minPlaces) })}
        </span>
      ) : null}
      {visibility === "private" ? (
        <span>
          {organisation === null ? t("private") : t("privateFor", { company: organisation.name })}
        </span>
      ) : null}
      {run.cancelledReason === null ? null : (
        <span>{t("cancelledBecause", { reason: run.cancelledReason })}</span>
      )}
    </>
  );
}

/** When, where and by whom it is taught. */
function Sessions({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  return (
    <RecordSection
      title={t("sessions")}
      actions={<a href={`/courses/${run.course.slug}`}>{t("courseOnSite")}</a>}
    >
      {run.decisionAt !== null && run.status === "tentative" ? (
        <p>
          {t("decideBy")} <OfficeInstant instant={run.decisionAt} timeZone={run.timeZone} />
        </p>
      ) : null}
      <ol className="run-sessions">
        {run.sessions.map((session) => (
          <li key={session.id}>
            <p className="run-session-name">
              {t("session", { position: String(session.position) })}
            </p>
            <OfficeTime when={session} />
            <p>{session.room?.name ?? (run.venue === null ? t("online") : "–")}</p>
            <p>
              {session.instructors.length === 0
                ? t("noTeachers")
                : session.instructors.map(({ name }) => name).join(", ")}
            </p>
          </li>
        ))}
      </ol>
      {run.can.changeCapacity ? (
        <CopyField
          label={t("teachersLink")}
          text={`${location.origin}/office/runs/${run.id}`}
          words={{ copy: t("copy"), copied: t("copied") }}
        />
      ) : null}
      {run.can.changeCapacity ? <p className="aside-note">{t("teachersLinkWords")}</p> : null}
    </RecordSection>
  );
}
