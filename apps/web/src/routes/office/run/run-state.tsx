import type { RunStatus } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";

const TONES = {
  draft: "neutral",
  tentative: "waiting",
  confirmed: "good",
  in_progress: "good",
  completed: "over",
  cancelled: "bad",
} as const satisfies Record<RunStatus, Tone>;

/** The state of a date. */
export function RunState({ status }: { status: RunStatus }) {
  const t = useTranslations("officeRun");
  return <StateBadge tone={TONES[status]}>{t(`status_${status}`)}</StateBadge>;
}
