import { isLecternError } from "@lectern/client";
import { useQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { SignedIn } from "../../../account/signed-in.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { RunDays, RunHours } from "../../../components/run-time.tsx";
import { useApi } from "../../../data/api.ts";
import { JoinSession } from "../../../joining/join-session.tsx";
import type { Coming } from "../../../joining/use-join.ts";
import { seatOf } from "../../../link-keys/link-key.ts";
import { LinkPage, NotOpened } from "../../../link-keys/link-page.tsx";
import { AccountWords } from "../../../messages/account-words.tsx";
import "./page.css";

const route = getRouteApi("/join");

/** So often the page looks whether staff have said where it is. */
const LOOK_AGAIN_MS = 60_000;

/** Where somebody comes to the sessions of a date online. */
export function JoinPage() {
  return (
    <AccountWords>
      <Join />
    </AccountWords>
  );
}

function Join() {
  const { run } = route.useSearch();
  if (run !== undefined) {
    return <SignedIn>{() => <OwnRun runId={run} />}</SignedIn>;
  }
  return <ByLink />;
}

function useJoining(coming: Coming) {
  return useQuery(
    useApi().calendar.joining.queryOptions(coming, {
      staleTime: 0,
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
}

type Joining = ReturnType<typeof useJoining>;

/** Of who is signed in. */
function OwnRun({ runId }: { runId: string }) {
  const t = useTranslations("joining");
  const coming = { runId };
  const joining = useJoining(coming);
  if (isLecternError(joining.error, "NotFound")) {
    return (
      <div className="page section">
        <EmptyState title={t("goneTitle")} words={t("goneWords")}>
          <Link to="/account/trainings" className="onward">
            {t("trainings")}
          </Link>
        </EmptyState>
      </div>
    );
  }
  return (
    <Frame>
      <Loaded query={joining}>
        {() => <Sessions joining={joining} coming={coming} isByLink={false} />}
      </Loaded>
    </Frame>
  );
}

/** Of who has the link from a mail. */
function ByLink() {
  const t = useTranslations("joining");
  const words = {
    kind: "join",
    title: t("linkTitle"),
    words: t("linkWords"),
    opening: t("opening"),
    wrong: { title: t("wrongTitle"), words: t("wrongWords") },
  } as const;
  return (
    <LinkPage {...words}>
      {(link, onLink) => {
        const failed = (joining: Joining) => (
          <NotOpened
            {...words}
            failure={joining.error}
            onRetry={() => void joining.refetch()}
            onLink={onLink}
          />
        );
        return <LinkedRun key={link.key} coming={{ seat: seatOf(link) }} failed={failed} />;
      }}
    </LinkPage>
  );
}

interface LinkedRunProps {
  readonly coming: Coming;
  readonly failed: (joining: Joining) => ReactNode;
}

function LinkedRun({ coming, failed }: LinkedRunProps) {
  const joining = useJoining(coming);
  if (joining.data === undefined) return failed(joining);
  return (
    <Frame>
      <Sessions joining={joining} coming={coming} isByLink />
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations("joining");
  return (
    <div className="page section">
      <header className="page-head">
        <h1>{t("heading")}</h1>
        <p className="page-head-lede">{t("lede")}</p>
      </header>
      {children}
    </div>
  );
}

interface SessionsProps {
  readonly joining: Joining;
  readonly coming: Coming;
  readonly isByLink: boolean;
}

function Sessions({ joining, coming, isByLink }: SessionsProps) {
  const t = useTranslations("joining");
  const { data, dataUpdatedAt, refetch } = joining;
  if (data === undefined) return null;
  const { run, sessions, serverTime } = data;
  // The last one that is over stays: whoever looks for it sees that it was.
  const shown = sessions.filter(
    ({ state }, index) => state !== "over" || index === sessions.length - 1,
  );
  return (
    <section className="join-run" aria-labelledby="join-run">
      <h2 id="join-run">
        <Link to="/courses/$slug" params={{ slug: run.course.slug }}>
          {run.course.title}
        </Link>
      </h2>
      {run.status === "cancelled" ? (
        <p role="status">{t("cancelledTitle")}</p>
      ) : sessions.length === 0 ? (
        <p>{t("noSessions")}</p>
      ) : (
        <ul className="join-list" aria-label={t("sessions")}>
          {shown.map((session) => (
            <li key={session.position} className="join-one">
              <h3 className="join-title">
                <RunDays run={session} />, <RunHours run={session} />
              </h3>
              <JoinSession
                session={session}
                coming={coming}
                title={run.course.title}
                clock={{ serverTime, readAt: dataUpdatedAt }}
                onChange={() => void refetch()}
              />
            </li>
          ))}
        </ul>
      )}
      {isByLink ? <p className="aside-note">{t("ledeBy")}</p> : null}
    </section>
  );
}
