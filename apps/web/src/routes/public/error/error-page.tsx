import { isLecternError, isLecternFailure } from "@lectern/client";
import { type ErrorComponentProps, useLocation, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useIsOnline } from "../../../components/offline-notice.tsx";
import { isUnreachable } from "../../../data/failure-words.ts";
import "./error-page.css";

/** A page could not be made. With a connection that was gone and is back, it tries again by itself. */
export function ErrorPage({ error }: Partial<ErrorComponentProps>) {
  const t = useTranslations("failures");
  const router = useRouter();
  const address = useLocation({ select: ({ publicHref }) => publicHref });
  const isOnline = useIsOnline();
  const isOffline = !isOnline || isUnreachable(error);
  const isBusy = isLecternError(error, "Unavailable") || isLecternError(error, "RateLimited");
  const requestId = isLecternFailure(error) ? error.requestId : null;
  useEffect(() => {
    function again(): void {
      void router.invalidate();
    }
    globalThis.addEventListener("online", again);
    return () => globalThis.removeEventListener("online", again);
  }, [router]);
  return (
    <div className="page error-page">
      <h1>{t(isOffline ? "offlineHeading" : isBusy ? "busyHeading" : "errorHeading")}</h1>
      <p className="error-page-words">
        {t(isOffline ? "offlineWords" : isBusy ? "busyWords" : "errorWords")}
      </p>
      <p>
        {/* A page that the server could not make is not alive: asking for it again works always. */}
        <a href={address} className="plain-button">
          {t("retry")}
        </a>
      </p>
      {requestId === null ? null : (
        <p className="error-page-id">{t("errorReference", { id: requestId })}</p>
      )}
    </div>
  );
}
