import type { OwnOnlineSessions } from "@lectern/contract/calendar";
import { useTranslations } from "use-intl";
import { RunDays, RunHours } from "../../../components/run-time.tsx";
import { JoinSession } from "../../../joining/join-session.tsx";
import { useOnline } from "./use-online.ts";

type OwnSession = OwnOnlineSessions["items"][number];

/** The next session of a run that its learner comes to online, where it is soon. */
export function NextSession({ runId }: { runId: string }) {
  const { data } = useOnline();
  const next = data?.items.find((item) => item.runId === runId && item.part === "learner");
  return next === undefined ? null : <OwnSession session={next} />;
}

/** A session, and the way into it. */
export function OwnSession({ session }: { session: OwnSession }) {
  const t = useTranslations("joining");
  const { data, dataUpdatedAt, refetch } = useOnline();
  const { position, sessions, course, runId } = session;
  if (data === undefined) return null;
  return (
    <>
      {sessions > 1 ? (
        <p className="trainings-session">
          {t("session", { position, of: sessions })}, <RunDays run={session} />,{" "}
          <RunHours run={session} />
        </p>
      ) : null}
      <JoinSession
        session={session}
        coming={{ runId }}
        title={course.title}
        clock={{ serverTime: data.serverTime, readAt: dataUpdatedAt }}
        onChange={() => void refetch()}
      />
    </>
  );
}
