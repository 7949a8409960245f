import { isLecternError, newIdempotencyKey } from "@lectern/client";
import type { CourseForEditing } from "@lectern/contract/course-editing";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { AreaField } from "../../../editing/editing-field.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { CheckList } from "./course-checks.tsx";

export type CourseMove = "submit" | "sendBack" | "publish" | "retire";

interface MoveDialogProps {
  readonly course: CourseForEditing;
  readonly move: CourseMove;
  /** What is not saved yet is saved first. */
  readonly isDirty: boolean;
  readonly save: () => Promise<number | undefined>;
  readonly onClose: () => void;
}

const REASON_MAX = 500;

/** Asks before a course goes to another state, and says what that means. */
export function MoveDialog({ course, move, isDirty, save, onClose }: MoveDialogProps) {
  const t = useTranslations("officeCourses");
  const words = useMoveFailureWords();
  const undo = useUndo();
  const [reason, setReason] = useState("");
  const [key] = useState(newIdempotencyKey);
  const [isSaving, setIsSaving] = useState(false);
  const call = useMove(move);
  const isLacking =
    move === "publish" && course.checks.some(({ isRequired, isMet }) => isRequired && !isMet);
  // What is not saved yet may be what is missing.
  const isOff =
    (isLacking && !isDirty) ||
    (move === "sendBack" && reason.trim() === "") ||
    (move === "retire" && course.upcomingRuns > 0);

  async function go(close: () => void): Promise<void> {
    setIsSaving(true);
    const version = isDirty ? await save() : course.version;
    setIsSaving(false);
    // The editor says why.
    if (version === undefined) {
      close();
      return;
    }
    await call.mutateAsync({ id: course.id, version, reason, idempotencyKey: key }).then(
      () => {
        undo.say(t(`done_${move}`));
        close();
      },
      () => {
        // Said in the dialog.
      },
    );
  }
  return (
    <Dialog title={t(`ask_${move}`)} onClose={onClose}>
      {(close) => (
        <>
          <p>{t(`means_${move}`)}</p>
          {isDirty ? <p>{t("savedFirst")}</p> : null}
          {move === "publish" ? <CheckList checks={course.checks} /> : null}
          {move === "retire" && course.upcomingRuns > 0 ? (
            <p role="alert">{t("retireRuns", { count: course.upcomingRuns })}</p>
          ) : null}
          {move === "sendBack" ? (
            <AreaField label={t("reason")} max={REASON_MAX} value={reason} onChange={setReason} />
          ) : null}
          <CallFailure call={call} words={words} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("notNow")}
            </Button>
            <Button
              isBusy={call.isPending || isSaving}
              isDisabled={isOff}
              onClick={() => void go(close)}
            >
              {t(`do_${move}`)}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

interface Move {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
  readonly idempotencyKey: string;
}

function useMove(move: CourseMove) {
  const api = useApi();
  const queryClient = useQueryClient();
  const publish = useCall(api.courses.publish.mutationOptions());
  const retire = useCall(api.courses.retire.mutationOptions());
  const submit = useCall(api.courses.submit.mutationOptions());
  const sendBack = useCall(api.courses.sendBack.mutationOptions());
  const call = { publish, retire, submit, sendBack }[move];
  async function send({ reason, ...wish }: Move): Promise<void> {
    if (move === "sendBack") await sendBack.mutateAsync({ ...wish, reason });
    else if (move === "publish") await publish.mutateAsync(wish);
    else if (move === "retire") await retire.mutateAsync(wish);
    else await submit.mutateAsync(wish);
    await queryClient.invalidateQueries(api.courses.pathFilter());
  }
  return {
    error: call.error,
    failureCount: call.failureCount,
    isPending: call.isPending,
    mutateAsync: send,
  };
}

/** @returns a function that says in words why a course can't go to another state */
function useMoveFailureWords(): (failure: unknown) => string | undefined {
  const t = useTranslations("officeCourses");
  return (failure) => {
    if (!isLecternError(failure, "Conflict")) return undefined;
    const { reason, detail } = failure.data;
    if (reason === "has_upcoming_runs") return t("retireRuns", { count: Number(detail ?? 1) });
    return reason === "incomplete" ? t("incomplete") : undefined;
  };
}
