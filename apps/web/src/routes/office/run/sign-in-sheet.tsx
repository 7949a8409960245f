import type { RunForStaff, StaffSession } from "@lectern/contract/run-office";
import { createPortal } from "react-dom";
import { useTranslations } from "use-intl";
import { RunDays, RunHours } from "../../../components/run-time.tsx";
import type { RosterItem } from "./use-roster.ts";
import { useSessionNames } from "./use-session-names.ts";

interface SignInSheetProps {
  readonly run: RunForStaff;
  readonly roster: readonly RosterItem[];
  readonly sessions: readonly StaffSession[];
}

/** What is printed instead of the page: a line for each who comes, with room to sign. */
export function SignInSheet({ run, roster, sessions }: SignInSheetProps) {
  const t = useTranslations("officeRun");
  const names = useSessionNames();
  // Beside the page, which is not printed.
  return createPortal(
    <section className="run-sheet" aria-hidden="true">
      <h1>{run.course.title}</h1>
      <p>
        {t("sheetTitle")} · {run.course.code} · <RunDays run={run} /> <RunHours run={run} />
        {run.venue === null ? null : ` · ${run.venue.name}, ${run.venue.city}`}
      </p>
      <table>
        <thead>
          <tr>
            <th>{t("learner")}</th>
            <th>{t("company")}</th>
            {sessions.map((session) => (
              <th key={session.id}>{names.short(session)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {roster.map((item) => (
            <tr key={item.registrationId}>
              <td>{item.learner?.name ?? "\u00A0"}</td>
              <td>{item.booker?.company ?? item.booker?.name}</td>
              {sessions.map((session) => (
                <td key={session.id} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>,
    document.body,
  );
}
