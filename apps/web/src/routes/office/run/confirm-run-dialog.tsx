import type { RunForStaff } from "@lectern/contract/run-office";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useRunChanged } from "./use-run.ts";

interface RunDialogProps {
  readonly run: RunForStaff;
  readonly onClose: () => void;
}

/** Says that a tentative date takes place. */
export function ConfirmRunDialog({ run, onClose }: RunDialogProps) {
  const t = useTranslations("officeRun");
  const words = useTranslations("office");
  const api = useApi();
  const undo = useUndo();
  const changed = useRunChanged(run.id);
  const call = useCall(api.runs.confirm.mutationOptions());
  const { booked } = run.places;
  async function confirm(close: () => void): Promise<void> {
    const wish = { id: run.id, version: run.version };
    await call.mutateAsync({ ...wish, idempotencyKey: call.keyOf(wish) });
    close();
    undo.say(t("confirmed"));
    changed();
  }
  return (
    <Dialog title={t("confirmTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>
            {t("confirmWords", { count: booked })}
            {booked < run.minPlaces ? (
              <> {t("confirmBelow", { minimum: String(run.minPlaces) })}</>
            ) : null}
          </p>
          <CallFailure call={call} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {words("cancel")}
            </Button>
            <Button isBusy={call.isPending} onClick={() => void confirm(close).catch(() => {})}>
              {t("confirm")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
