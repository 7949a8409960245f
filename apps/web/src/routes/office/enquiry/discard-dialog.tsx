import type { QuoteDetail } from "@lectern/contract/quotes";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useEnquiryChanged } from "./use-enquiry.ts";

interface DiscardDialogProps {
  readonly quote: QuoteDetail;
  /** Called once it is gone. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Throws a draft away. */
export function DiscardDialog({ quote, onDone, onClose }: DiscardDialogProps) {
  const t = useTranslations("officeEnquiries");
  const tOffice = useTranslations("office");
  const api = useApi();
  const undo = useUndo();
  const changed = useEnquiryChanged();
  const discarding = useCall(api.quotes.discard.mutationOptions());
  const { id, version, number } = quote;
  function discard(close: () => void): void {
    const wish = { id, version };
    discarding.mutate(
      { ...wish, idempotencyKey: discarding.keyOf(wish) },
      {
        onSuccess: () => {
          close();
          undo.say(t("discarded", { quote: number }));
          onDone();
          changed();
        },
      },
    );
  }
  return (
    <Dialog title={t("discardTitle", { quote: number })} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("discardWords")}</p>
          <CallFailure call={discarding} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {tOffice("cancel")}
            </Button>
            <Button isBusy={discarding.isPending} onClick={() => discard(close)}>
              {t("discard")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
