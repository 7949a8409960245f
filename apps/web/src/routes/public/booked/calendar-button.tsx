import type { BookingDetail } from "@lectern/contract/bookings";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Saves the booking's calendar file. */
export function CalendarButton({ booking }: { booking: BookingDetail }) {
  const t = useTranslations();
  const api = useApi();
  const queryClient = useQueryClient();
  const { run, reference } = booking;
  const saving = useMutation({
    mutationFn: async () => {
      const [{ calendarFile }, detail] = await Promise.all([
        import("./calendar-file.ts"),
        // A run that is over or private is not public any more: then the booking's own times do.
        queryClient.ensureQueryData(api.runs.byId.queryOptions({ id: run.id })).catch(() => null),
      ]);
      const words = {
        title: run.course.title,
        description: t("booking.calendarDescription", { reference }),
        online: t("run.online"),
      };
      save(`${reference}.ics`, calendarFile(booking, detail?.sessions ?? [], words));
    },
  });
  return (
    <Button isBusy={saving.isPending} onClick={() => saving.mutate()}>
      {t("booking.calendar")}
    </Button>
  );
}
