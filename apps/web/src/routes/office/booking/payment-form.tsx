import type { BookingForStaff } from "@lectern/contract/booking-office";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { sumOf } from "../../../bookings/live-places.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { minorUnits } from "../../../format/money.ts";
import { useUndo } from "../../../office/undo.tsx";
import { useBookingChanged } from "./use-booking.ts";

async function loadShape() {
  return (await import("@lectern/contract/bookings")).PaymentRecordInput;
}

/** Writes down money that came in. The same money counts once, by the payer's reference. */
export function PaymentForm({ booking }: { booking: BookingForStaff }) {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const undo = useUndo();
  const changed = useBookingChanged();
  const [count, setCount] = useState(0);
  const { reference, total, registrations, payments } = booking;
  const currency =
    total?.currency ?? registrations.find(({ price }) => price !== null)?.price?.currency ?? "NOK";
  const units = minorUnits(currency);
  const paid = sumOf(
    payments.filter(({ outcome }) => outcome === "applied").map(({ amount }) => amount),
  );
  const open = total === null ? 0 : total.amount - (paid?.amount ?? 0);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => {
      const amount = fieldNumber(data, "amount.amount");
      return {
        reference,
        paymentReference: fieldText(data, "paymentReference"),
        amount: {
          // Hundredths of a crown are no fraction of an integer.
          amount: amount === undefined ? undefined : Math.round(amount * units),
          currency,
        },
      };
    },
    call: api.bookings.recordPayment.mutationOptions(),
    onDone: ({ outcome }) => {
      undo.say(t(outcome === "late" ? "recordedLate" : "recorded"));
      setCount((before) => before + 1);
      changed();
    },
  });
  return (
    <Form key={count} {...formProps}>
      <CallFailure call={sending} />
      <div className="form-row">
        <TextField
          name="paymentReference"
          label={t("paymentReference")}
          hint={t("paymentReferenceHint")}
          autoComplete="off"
          problems={problems}
        />
        <TextField
          name="amount.amount"
          label={t("amountIn", { currency })}
          inputMode="numeric"
          hint={t("amountHint")}
          autoComplete="off"
          value={open > 0 ? String(open / units) : ""}
          problems={problems}
        />
      </div>
      <p>
        <Button type="submit" isBusy={sending.isPending}>
          {t("record")}
        </Button>
      </p>
    </Form>
  );
}
