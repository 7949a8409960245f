import { isLecternError } from "@lectern/client";
import type { EnquiryForStaff } from "@lectern/contract/enquiries";
import type { QuoteDetail } from "@lectern/contract/quotes";
import { useTranslations } from "use-intl";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { formatLongDay } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { useUndo } from "../../../office/undo.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { movesOf } from "../enquiries/moves.ts";
import { useEnquiryChanged } from "./use-enquiry.ts";

interface SendDialogProps {
  readonly enquiry: EnquiryForStaff;
  readonly quote: QuoteDetail;
  readonly onClose: () => void;
}

/** The last look before a quote goes out. */
export function SendDialog({ enquiry, quote, onClose }: SendDialogProps) {
  const t = useTranslations("officeEnquiries");
  const tOffice = useTranslations("office");
  const tFailures = useTranslations("failures");
  const api = useApi();
  const undo = useUndo();
  const words = useRefusalWords();
  const changed = useEnquiryChanged();
  const sending = useCall(api.quotes.send.mutationOptions());
  const { id, version, number, recipient, total, places, lastDay, run, obstacle } = quote;
  function send(close: () => void): void {
    const wish = { id, version };
    sending.mutate(
      { ...wish, idempotencyKey: sending.keyOf(wish) },
      {
        onSuccess: () => {
          close();
          undo.say(t("sent", { quote: number, email: recipient.email }));
          changed();
        },
      },
    );
  }
  return (
    <Dialog title={t("sendTitle", { quote: number })} onClose={onClose}>
      {(close) => (
        <>
          {sending.isError ? (
            <FailureNotice key={sending.failureCount} title={tFailures("failedTitle")}>
              <p>
                {isLecternError(sending.error, "Invalid") ? t("lastDayOver") : words(sending.error)}
              </p>
            </FailureNotice>
          ) : null}
          <p>
            <Localized>
              {t("sendWords", {
                name: recipient.name,
                email: recipient.email,
                places,
                course: run.course.title,
                total: formatMoney(total),
                day: formatLongDay(lastDay),
              })}
            </Localized>
          </p>
          {obstacle === null ? null : (
            <p className="office-enquiry-problem">
              {t(`obstacle_${obstacle}`, { left: run.placesLeft })}
            </p>
          )}
          {movesOf(enquiry.status).includes("quoted") ? <p>{t("sendMoves")}</p> : null}
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {tOffice("cancel")}
            </Button>
            <Button isBusy={sending.isPending} onClick={() => send(close)}>
              {t("sendYes")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
