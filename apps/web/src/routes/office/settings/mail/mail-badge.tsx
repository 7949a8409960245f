import type { MailSummary } from "@lectern/contract/mail";
import { useTranslations } from "use-intl";
import { StateBadge, type Tone } from "../../../../office/state-badge.tsx";

const TONES = { queued: "waiting", sent: "good", failed: "bad" } as const satisfies Record<
  MailSummary["state"],
  Tone
>;

/** What became of a mail. */
export function MailBadge({ state }: Pick<MailSummary, "state">) {
  const t = useTranslations("officeMail");
  return <StateBadge tone={TONES[state]}>{t(`state_${state}`)}</StateBadge>;
}
