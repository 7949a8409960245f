import type { BookingPayment } from "@lectern/contract/booking-office";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { formatMoney } from "../../../format/money.ts";
import { useUndo } from "../../../office/undo.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { useBookingChanged } from "./use-booking.ts";

async function loadShape() {
  return (await import("@lectern/contract/bookings")).PaymentResolveInput;
}

interface ResolveDialogProps {
  readonly payment: BookingPayment;
  readonly onClose: () => void;
}

/** Decides about money that came too late: try for the places again, give it back, or say that it was given back. */
export function ResolveDialog({ payment, onClose }: ResolveDialogProps) {
  const t = useTranslations("officeBookings");
  return (
    <Dialog title={t("decideTitle")} onClose={onClose}>
      {(close) => <ResolveForm payment={payment} close={close} />}
    </Dialog>
  );
}

function ResolveForm({ payment, close }: { payment: BookingPayment; close: () => void }) {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const undo = useUndo();
  const words = useRefusalWords();
  const changed = useBookingChanged();
  const isLate = payment.outcome === "late";
  const decisions = isLate ? (["seat", "refund", "refunded"] as const) : (["refunded"] as const);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({
      id: payment.id,
      decision: fieldText(data, "decision"),
      note: fieldText(data, "note"),
    }),
    call: api.bookings.resolvePayment.mutationOptions(),
    onDone: () => {
      close();
      undo.say(t("decided"));
      changed();
    },
  });
  return (
    <Form {...formProps}>
      <p>
        <Localized>
          {t(isLate ? "decideLate" : "decideDue", {
            amount: formatMoney(payment.amount),
            reference: payment.paymentReference,
          })}
        </Localized>
      </p>
      <CallFailure call={sending} words={words} />
      <fieldset className="office-booking-decisions">
        <legend className="label">{t("decide")}</legend>
        {decisions.map((decision, index) => (
          <label key={decision} className="office-booking-tick">
            <input type="radio" name="decision" value={decision} defaultChecked={index === 0} />
            {t(`decide_${decision}`)}
          </label>
        ))}
      </fieldset>
      <TextField name="note" label={t("remark")} problems={problems} isOptional />
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {t("later")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t("decideYes")}
        </Button>
      </DialogActions>
    </Form>
  );
}
