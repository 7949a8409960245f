import type { DiscountListItem } from "@lectern/contract/discounts";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useDiscountChanged } from "./use-discount-changed.ts";

interface DeactivateDialogProps {
  readonly discount: DiscountListItem;
  readonly onClose: () => void;
}

/** Takes a code out of use, which can be undone: bookings that used it keep their prices either way. */
export function DeactivateDialog({ discount, onClose }: DeactivateDialogProps) {
  const t = useTranslations("officeDiscounts");
  const api = useApi();
  const undo = useUndo();
  const changed = useDiscountChanged();
  const { id, code, used } = discount;
  const deactivating = useCall(api.discounts.deactivate.mutationOptions());
  const changing = useCall(api.discounts.change.mutationOptions());
  function deactivate(close: () => void): void {
    deactivating.mutate(
      { id, idempotencyKey: deactivating.keyOf({ id }) },
      {
        onSuccess: () => {
          close();
          changed();
          undo.done({
            words: t("deactivated", { code }),
            undo: async () => {
              const wish = { id, isActive: true };
              await changing.mutateAsync({ ...wish, idempotencyKey: changing.keyOf(wish) });
              changed();
            },
          });
        },
      },
    );
  }
  return (
    <Dialog title={t("deactivateTitle", { code })} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("deactivateWords", { count: used })}</p>
          <CallFailure call={deactivating} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("keep")}
            </Button>
            <Button isBusy={deactivating.isPending} onClick={() => deactivate(close)}>
              {t("deactivate")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
