import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { saveFile } from "../browser/save-file.ts";
import { Button } from "../components/button.tsx";
import { useApi } from "../data/api.ts";
import { runInput } from "../data/inputs.ts";
import type { CalendarEntry } from "./calendar-file.ts";

interface SaveCalendarProps {
  readonly entry: CalendarEntry;
  /** What stands in the event, for whoever finds it there. */
  readonly description: string;
  /** Where it is one of many. */
  readonly isQuiet?: boolean;
}

/** Saves the calendar file of places. */
export function SaveCalendar({ entry, description, isQuiet = false }: SaveCalendarProps) {
  const t = useTranslations();
  const api = useApi();
  const queryClient = useQueryClient();
  const { run, id } = entry;
  const saving = useMutation({
    mutationFn: async () => {
      const [{ calendarFile }, detail] = await Promise.all([
        import("./calendar-file.ts"),
        // A run that is over or private is not public any more: then its own times do.
        queryClient.ensureQueryData(api.runs.byId.queryOptions(runInput(run.id))).catch(() => null),
      ]);
      const words = { title: run.course.title, description, online: t("run.online") };
      const text = calendarFile(entry, detail?.sessions ?? [], words);
      saveFile(`${id}.ics`, new Blob([text], { type: "text/calendar;charset=utf-8" }));
    },
  });
  return (
    <p>
      <Button
        {...(isQuiet && { variant: "outline", size: "small" })}
        isBusy={saving.isPending}
        onClick={() => saving.mutate()}
      >
        {t("booked.calendar")}
      </Button>{" "}
      <span role="status">{saving.isError ? t("booked.calendarFailed") : ""}</span>
    </p>
  );
}
