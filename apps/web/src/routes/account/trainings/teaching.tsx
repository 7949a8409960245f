import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { RunDays, RunHours } from "../../../components/run-time.tsx";
import { OwnSession } from "./next-session.tsx";
import { useOnline } from "./use-online.ts";

/** What somebody teaches online; nothing for everybody else. */
export function Teaching() {
  const t = useTranslations("trainings");
  const taught = useOnline().data?.items.filter(({ part }) => part === "instructor") ?? [];
  if (taught.length === 0) return null;
  return (
    <AccountPart id="teaching" title={t("teaching")} words={t("teachingWords")}>
      <ul className="trainings">
        {taught.map((session) => (
          <li key={`${session.runId} ${session.position}`} className="trainings-one">
            <p className="trainings-days">
              <RunDays run={session} />
            </p>
            <div className="trainings-what">
              <h3 className="trainings-title">
                <Link to="/courses/$slug" params={{ slug: session.course.slug }}>
                  {session.course.title}
                </Link>
              </h3>
              <p className="trainings-where">
                <RunHours run={session} />
              </p>
              <OwnSession session={session} />
            </div>
          </li>
        ))}
      </ul>
    </AccountPart>
  );
}
