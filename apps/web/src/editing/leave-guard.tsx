import { useBlocker } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { Dialog, DialogActions } from "../dialog/dialog.tsx";

interface LeaveGuardProps {
  /** Whether something is not saved yet. */
  readonly isDirty: boolean;
  /** Whether that is kept on the device: then nothing is lost by closing the tab, and nobody is asked. */
  readonly isKept: boolean;
  readonly onDiscard: () => void;
}

/** Asks before a page is left on which something is not saved. Its parts are no other pages. */
export function LeaveGuard({ isDirty, isKept, onDiscard }: LeaveGuardProps) {
  const t = useTranslations("officeEditing");
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty && !isKept,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  const { proceed, reset } = blocker;
  return (
    <Dialog title={t("leaveTitle")} onClose={reset}>
      {(close) => (
        <>
          <p>{t("leaveWords")}</p>
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("leaveStay")}
            </Button>
            <Button
              variant="outline"
              onClick={() => {
                onDiscard();
                proceed();
              }}
            >
              {t("leaveDiscard")}
            </Button>
            <Button onClick={proceed}>{t("leaveKeep")}</Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
