import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { useCall } from "../../../../account/use-call.ts";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { Dialog, DialogActions } from "../../../../dialog/dialog.tsx";
import { useUndo } from "../../../../office/undo.tsx";

interface RotateDialogProps {
  /** How many there are to encrypt anew. */
  readonly values: number;
  readonly onClose: () => void;
}

/** Makes a new key, after saying what that comes to. */
export function RotateDialog({ values, onClose }: RotateDialogProps) {
  const t = useTranslations("officeKeys");
  const api = useApi();
  const undo = useUndo();
  const queryClient = useQueryClient();
  const rotating = useCall(api.keys.rotate.mutationOptions());
  function rotate(close: () => void): void {
    rotating.mutate(
      { idempotencyKey: rotating.keyOf({}) },
      {
        onSuccess: ({ keyId }) => {
          close();
          undo.say(t("rotationBegun", { id: String(keyId) }));
          void queryClient.invalidateQueries(api.keys.status.queryFilter());
        },
      },
    );
  }
  return (
    <Dialog title={t("rotateTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("rotateWords", { count: values })}</p>
          <p className="aside-note">{t("rotateWhen")}</p>
          <CallFailure call={rotating} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("keep")}
            </Button>
            <Button isBusy={rotating.isPending} onClick={() => rotate(close)}>
              {t("rotateDo")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
