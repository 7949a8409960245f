import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import type { PendingMark } from "./attendance-queue.ts";
import type { RosterItem } from "./use-roster.ts";
import type { Attendance } from "./use-attendance.ts";

interface UnsentNoticeProps {
  readonly attendance: Attendance;
  readonly roster: readonly RosterItem[];
}

/** What this device has marked and the academy does not know, or did not take. */
export function UnsentNotice({ attendance, roster }: UnsentNoticeProps) {
  const t = useTranslations("officeRun");
  const { unsent, refused, isCutOff } = attendance;
  return (
    <>
      <p role="status" className="run-unsent" hidden={unsent.length === 0}>
        {unsent.length === 0
          ? ""
          : t("unsentCount", { count: unsent.length, isCutOff: String(isCutOff) })}
      </p>
      {refused.length === 0 ? null : (
        <section className="run-refused" aria-label={t("refusedTitle")}>
          <h2>{t("refusedTitle")}</h2>
          <ul>
            {refused.map((mark) => (
              <Refused key={mark.key} mark={mark} roster={roster} attendance={attendance} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Refused({ mark, roster, attendance }: UnsentNoticeProps & { mark: PendingMark }) {
  const t = useTranslations("officeRun");
  const { refusal } = mark;
  if (refusal === null) return null;
  const place = roster.find(({ registrationId }) => registrationId === mark.registrationId);
  const own = t(`mark_${mark.mark ?? "none"}`);
  return (
    <li>
      <p>
        {t(`refused_${refusal.reason}`, {
          who: refusal.markedBy ?? t("somebody"),
          name: place?.learner?.name ?? t("unnamed"),
          mark: t(`mark_${refusal.mark ?? "none"}`),
          own,
        })}
      </p>
      <Button variant="outline" size="small" onClick={() => attendance.give(mark)}>
        {t("keepTheirs")}
      </Button>
      {refusal.reason === "changed_meanwhile" ? (
        <Button size="small" onClick={() => attendance.insist(mark)}>
          {t("useMine", { mark: own })}
        </Button>
      ) : null}
    </li>
  );
}
