import { type RouterInputs, type RouterOutputs, isLecternError } from "@lectern/client";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { useCall } from "../../../account/use-call.ts";
import { useApi } from "../../../data/api.ts";
import { formatDays } from "../../../format/dates.ts";
import { useUndo } from "../../../office/undo.tsx";
import type { Run } from "./entries.ts";
import type { CalendarPages } from "./use-calendar.ts";

export type Preview = RouterOutputs["runs"]["previewReschedule"];

/** What has to be known of a run that is moved. */
export interface MovedRun extends Pick<Run, "id" | "version" | "localStart"> {
  readonly course: Pick<Run["course"], "title">;
}

/** A move that was looked at, and is wanted. */
interface WantedMove {
  readonly run: MovedRun;
  readonly input: Omit<RouterInputs["runs"]["reschedule"], "idempotencyKey">;
  readonly preview: Preview;
}

/** @returns a function that says in words why something can't be planned */
export function usePlanningWords(): (failure: unknown) => string {
  const t = useTranslations("officeSchedule");
  const words = useAccountWords();
  return (failure) => {
    if (isLecternError(failure, "ScheduleConflict")) return t(`failed_${failure.data.kind}`);
    if (isLecternError(failure, "Invalid")) {
      return t("failedInvalid", { reason: failure.data.issues[0]?.message ?? failure.message });
    }
    return words(failure);
  };
}

/**
 * Moves a run. The calendar shows it as moved at once; if that fails, it is back where it was, and it is said why.
 */
export function useMove(): { move: (wanted: WantedMove) => void } {
  const t = useTranslations("officeSchedule");
  const api = useApi();
  const words = usePlanningWords();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const calendars = api.runs.calendar.pathFilter();
  const moving = useCall(api.runs.reschedule.mutationOptions());

  async function move({ run, input, preview }: WantedMove): Promise<void> {
    // What is on its way would overwrite it.
    await queryClient.cancelQueries(calendars);
    const before: [QueryKey, CalendarPages | undefined][] =
      queryClient.getQueriesData<CalendarPages>(calendars);
    for (const [key, shown] of before) {
      if (shown !== undefined) queryClient.setQueryData(key, withMoved(shown, run.id, preview));
    }
    const course = run.course.title;
    try {
      await moving.mutateAsync({ ...input, idempotencyKey: moving.keyOf(input) });
      const { localStart, localEnd } = preview.after;
      const mails = preview.effects?.mails.reduce((sum, one) => sum + one.mails, 0) ?? 0;
      undo.say(t("moved", { course, days: formatDays(localStart, localEnd), mails }));
    } catch (error) {
      for (const [key, shown] of before) queryClient.setQueryData(key, shown);
      undo.alert(t("movedBack", { course, reason: words(error) }));
    }
    await Promise.all([
      queryClient.invalidateQueries(calendars),
      queryClient.invalidateQueries(api.runs.forStaff.queryFilter({ id: run.id })),
      queryClient.invalidateQueries(api.runs.history.infiniteQueryFilter()),
    ]);
  }
  return { move: (wanted) => void move(wanted) };
}

function withMoved(shown: CalendarPages, id: string, { after }: Preview): CalendarPages {
  return {
    ...shown,
    pages: shown.pages.map((page) => ({
      ...page,
      runs: page.runs.map((run) => (run.id === id ? movedRun(run, after) : run)),
    })),
  };
}

function movedRun(run: Run, after: Preview["after"]): Run {
  const { startsAt, endsAt, localStart, localEnd, timeZone, venue, room, instructors } = after;
  const instructorIds = instructors.map((one) => one.id);
  return {
    ...run,
    startsAt,
    endsAt,
    localStart,
    localEnd,
    timeZone,
    venue,
    sessionCount: after.sessions.length,
    sessions: after.sessions.map((session, index) => ({
      ...session,
      id: `${run.id} ${index}`,
      position: index + 1,
      roomId: room?.id ?? null,
      instructorIds,
    })),
  };
}
