import { useTranslations } from "use-intl";
import type { Tone } from "../../../office/state-badge.tsx";
import type { Run } from "./entries.ts";

/** @returns a function that says the state of a run in a word */
export function useStatusWords(): (status: Run["status"]) => string {
  const t = useTranslations("officeSchedule");
  return (status) => t(`status_${status}`);
}

/** How a state is meant. */
export const STATUS_TONES: Readonly<Record<Run["status"], Tone>> = {
  draft: "neutral",
  tentative: "waiting",
  confirmed: "good",
  in_progress: "good",
  completed: "over",
  cancelled: "bad",
};
