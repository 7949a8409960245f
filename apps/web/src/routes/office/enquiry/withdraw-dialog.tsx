import type { QuoteDetail } from "@lectern/contract/quotes";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { ConsentField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useEnquiryChanged } from "./use-enquiry.ts";

async function loadShape() {
  return (await import("@lectern/contract/quotes")).QuoteWithdrawInput;
}

interface WithdrawDialogProps {
  readonly quote: QuoteDetail;
  readonly onClose: () => void;
}

/** Ends a quote before its day. */
export function WithdrawDialog({ quote, onClose }: WithdrawDialogProps) {
  const t = useTranslations("officeEnquiries");
  return (
    <Dialog title={t("withdrawTitle", { quote: quote.number })} onClose={onClose}>
      {(close) => <WithdrawForm quote={quote} close={close} />}
    </Dialog>
  );
}

function WithdrawForm({ quote, close }: { quote: QuoteDetail; close: () => void }) {
  const t = useTranslations("officeEnquiries");
  const tOffice = useTranslations("office");
  const api = useApi();
  const undo = useUndo();
  const changed = useEnquiryChanged();
  const { id, version, number, recipient } = quote;
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({
      id,
      version,
      reason: fieldText(data, "reason") ?? null,
      tell: data.has("tell"),
    }),
    call: api.quotes.withdraw.mutationOptions(),
    onDone: () => {
      close();
      undo.say(t("withdrawn", { quote: number }));
      changed();
    },
  });
  return (
    <Form {...formProps}>
      <p>{t("withdrawWords")}</p>
      <CallFailure call={sending} />
      <TextField
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        problems={problems}
        isOptional
      />
      <ConsentField
        name="tell"
        label={t("tell", { email: recipient.email })}
        problems={problems}
        isOptional
      />
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {tOffice("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t("withdraw")}
        </Button>
      </DialogActions>
    </Form>
  );
}
