import type { StaffSession } from "@lectern/contract/run-office";
import { useTranslations } from "use-intl";
import { formatDay, formatDaysOfYear } from "../../../format/dates.ts";

type Named = Pick<StaffSession, "position" | "localStart">;

/** @returns ways to name the sessions of a date */
export function useSessionNames() {
  const t = useTranslations("officeRun");
  return {
    /** `Session 2, 3 March 2027` */
    ofSession: ({ position, localStart }: Named) =>
      t("sessionOn", { position: String(position), day: formatDay(localStart) }),
    /** `2: 3 Mar` */
    short: ({ position, localStart }: Named) =>
      t("sessionShort", {
        position: String(position),
        day: formatDaysOfYear(localStart, localStart),
      }),
  };
}
