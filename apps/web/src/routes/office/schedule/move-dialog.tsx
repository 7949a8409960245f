import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { dateOf } from "../../../format/dates.ts";
import { formatList } from "../../../format/names.ts";
import { useSettled } from "../../../office/use-settled.ts";
import { addDays, daysBetween, minutesOf } from "./days.ts";
import type { Entry } from "./entries.ts";
import { Findings } from "./findings.tsx";
import { MoveEffects, mailCount } from "./move-effects.tsx";
import { MoveTimes } from "./move-times.tsx";
import { InstructorOptions, RoomOptions } from "./option-lists.tsx";
import type { SchedulingOptions } from "./resource-rows.tsx";
import { type MovedRun, type Preview, useMove, usePlanningWords } from "./use-move.ts";
import "./move-dialog.css";

/** What is to be moved, and where to if that is known. */
export interface MoveProposal {
  readonly entry: Pick<Entry, "instructorIds"> & { readonly run: MovedRun };
  /** By so many days; 0 where it is yet to be chosen. */
  readonly days: number;
  readonly roomId?: string;
  readonly instructorIds?: readonly string[];
}

interface MoveDialogProps {
  readonly proposal: MoveProposal;
  readonly options: SchedulingOptions | undefined;
  readonly onClose: () => void;
}

const PAUSE_MS = 250;

/** Where a run goes, whom that concerns, and which mails follow: looked at before it is done. */
export function MoveDialog({ proposal, options, onClose }: MoveDialogProps) {
  const t = useTranslations("officeSchedule");
  const { move } = useMove();
  const { run } = proposal.entry;
  return (
    <Dialog title={t("moveTitle", { course: run.course.title })} onClose={onClose}>
      {(close) => (
        <MoveForm
          proposal={proposal}
          options={options}
          onCancel={close}
          onMove={(preview, wish, reason) => {
            close();
            move({ run, preview, input: { ...wish, reason } });
          }}
        />
      )}
    </Dialog>
  );
}

type Wish = ReturnType<typeof wishOf>;

interface Fields {
  readonly day: string;
  readonly time: string;
  readonly usesWeekends: boolean;
  readonly roomId: string;
  readonly instructorIds: readonly string[] | undefined;
}

function wishOf(run: MovedRun, { day, time, usesWeekends, roomId, instructorIds }: Fields) {
  const days = daysBetween(dateOf(run.localStart), day);
  const minutes = minutesOf(time) - minutesOf(run.localStart);
  return {
    id: run.id,
    version: run.version,
    shift: { days, minutes, usesWeekends },
    ...(roomId !== "" && { roomId }),
    ...(instructorIds && { instructorIds: [...instructorIds] }),
  };
}

interface MoveFormProps extends Pick<MoveDialogProps, "proposal" | "options"> {
  readonly onCancel: () => void;
  readonly onMove: (preview: Preview, wish: Wish, reason: string) => void;
}

function MoveForm({ proposal, options, onCancel, onMove }: MoveFormProps) {
  const t = useTranslations("officeSchedule");
  const tOffice = useTranslations("office");
  const words = usePlanningWords();
  const api = useApi();
  const { run, instructorIds } = proposal.entry;
  const [fields, setFields] = useState<Fields>({
    day: addDays(dateOf(run.localStart), proposal.days),
    time: run.localStart.slice(11),
    usesWeekends: false,
    roomId: proposal.roomId ?? "",
    instructorIds: proposal.instructorIds,
  });
  const set = (changes: Partial<Fields>) => setFields({ ...fields, ...changes });
  const reasonId = useId();
  const [reason, setReason] = useState("");
  const [isAsked, setIsAsked] = useState(false);

  const isComplete = fields.day !== "" && fields.time !== "";
  const wanted = isComplete ? wishOf(run, fields) : undefined;
  const isOther =
    wanted !== undefined &&
    (wanted.shift.days !== 0 ||
      wanted.shift.minutes !== 0 ||
      wanted.roomId !== undefined ||
      wanted.instructorIds !== undefined);
  const key = JSON.stringify(isOther ? wanted : null);
  const settled = useSettled(key, PAUSE_MS);
  const asked = key === settled && isOther ? wanted : undefined;
  const preview = useQuery(
    api.runs.previewReschedule.queryOptions(asked ?? { id: run.id, version: run.version }, {
      enabled: asked !== undefined,
      placeholderData: keepPreviousData,
      // Looked at anew each time: meanwhile others book.
      gcTime: 0,
      retry: false,
      trpc: { abortOnUnmount: true },
    }),
  );
  const isCurrent = asked !== undefined && !preview.isFetching && !preview.isPlaceholderData;
  const shown = isOther ? preview.data : undefined;
  const canMove = isCurrent && shown !== undefined && shown.effects !== null;

  function send(event: FormEvent): void {
    event.preventDefault();
    setIsAsked(true);
    if (reason.trim() === "") document.getElementById(reasonId)?.focus();
    else if (canMove && asked !== undefined) onMove(shown, asked, reason.trim());
  }
  return (
    <form className="move" noValidate onSubmit={send}>
      <div className="move-fields">
        <Labelled words={t("moveDay")}>
          <input
            type="date"
            className="field"
            value={fields.day}
            onChange={({ target }) => set({ day: target.value })}
          />
        </Labelled>
        <Labelled words={t("moveStart")}>
          <input
            type="time"
            className="field"
            value={fields.time}
            onChange={({ target }) => set({ time: target.value })}
          />
        </Labelled>
        <Labelled words={t("moveRoom")}>
          <select
            className="select"
            value={fields.roomId}
            onChange={({ target }) => set({ roomId: target.value })}
          >
            <option value="">{t("asItIs")}</option>
            <RoomOptions options={options} />
          </select>
        </Labelled>
        {instructorIds.length > 1 ? null : (
          <Labelled words={t("moveInstructor")}>
            <select
              className="select"
              value={fields.instructorIds?.[0] ?? ""}
              onChange={({ target }) =>
                set({ instructorIds: target.value === "" ? undefined : [target.value] })
              }
            >
              <option value="">{t("asItIs")}</option>
              <InstructorOptions options={options} />
            </select>
          </Labelled>
        )}
      </div>
      <label className="move-tick">
        <input
          type="checkbox"
          checked={fields.usesWeekends}
          onChange={({ target }) => set({ usesWeekends: target.checked })}
        />
        {t("moveWeekends")}
      </label>
      <section
        className="move-preview"
        aria-label={t("moveEffects")}
        aria-busy={isOther && !isCurrent}
      >
        {isOther ? null : <p>{t("moveSame")}</p>}
        {isOther && shown === undefined && preview.error === null ? (
          <p>{t("moveChecking")}</p>
        ) : null}
        {isOther && preview.error !== null ? (
          <p className="move-failed" role="alert">
            {words(preview.error)}
          </p>
        ) : null}
        {shown === undefined ? null : (
          <>
            <MoveTimes preview={shown} />
            {shown.findings.length === 0 ? null : <Findings findings={shown.findings} />}
            {shown.effects === null ? (
              <p className="move-failed">{t("moveRefused")}</p>
            ) : (
              <MoveEffects effects={shown.effects} />
            )}
          </>
        )}
      </section>
      <div className="move-reason">
        <label htmlFor={reasonId}>{t("moveReason")}</label>
        <input
          id={reasonId}
          className="field"
          maxLength={500}
          value={reason}
          required
          aria-invalid={isAsked && reason.trim() === ""}
          aria-describedby={`${reasonId}-hint`}
          autoComplete="off"
          onChange={({ target }) => setReason(target.value)}
        />
        <p id={`${reasonId}-hint`} className="aside-note">
          {t("moveReasonHint")}
        </p>
      </div>
      <DialogActions>
        <Button variant="outline" onClick={onCancel}>
          {tOffice("cancel")}
        </Button>
        <Button type="submit" isBusy={!canMove}>
          {t("moveConfirm", { mails: shown?.effects ? mailCount(shown.effects) : 0 })}
        </Button>
      </DialogActions>
      <p className="visually-hidden" role="status">
        {isCurrent && shown !== undefined ? said(shown) : ""}
      </p>
    </form>
  );

  function said({ effects, findings }: Preview): string {
    if (effects === null) return t("moveRefused");
    const notes = findings.length === 0 ? t("findingsFree") : "";
    return formatList(
      [notes, t("moveConfirm", { mails: mailCount(effects) })].filter((one) => one !== ""),
    );
  }
}

function Labelled({ words, children }: { words: string; children: ReactNode }) {
  return (
    <label className="move-field">
      <span>{words}</span>
      {children}
    </label>
  );
}
