import { useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import "./offline-notice.css";

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener("online", listener);
  globalThis.addEventListener("offline", listener);
  return () => {
    globalThis.removeEventListener("online", listener);
    globalThis.removeEventListener("offline", listener);
  };
}

/** @returns whether the browser has a connection, as far as it knows */
export function useIsOnline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
}

/** Says so when the connection is gone. The live region is always there, or nobody would be told. */
export function OfflineNotice() {
  const t = useTranslations("site");
  const isOnline = useIsOnline();
  return (
    <div className="offline-notice" role="status" data-shown={!isOnline}>
      {isOnline ? null : <p className="page">{t("offline")}</p>}
    </div>
  );
}
