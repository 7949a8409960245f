import type { RouterInputs, RouterOutputs } from "@lectern/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
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
import { useMay } from "../../../office/office-me.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { RunFacts, RunTitle } from "./run-title.tsx";
import { TodayItem, TodaySection } from "./section.tsx";
import type { Today } from "./use-today.ts";

type LatePayment = RouterOutputs["bookings"]["latePayments"]["items"][number];
type Decision = Exclude<RouterInputs["bookings"]["resolvePayment"]["decision"], "refunded">;

/** Money that came when its places had been given back. */
export function LatePayments({ list }: { list: Today["latePayments"] }) {
  return (
    <TodaySection part="latePayments" list={list}>
      {(payment) => <OnePayment key={payment.id} payment={payment} />}
    </TodaySection>
  );
}

function OnePayment({ payment }: { payment: LatePayment }) {
  const t = useTranslations("officeToday");
  const may = useMay();
  const [decision, setDecision] = useState<Decision>();
  const { run, amount, reference, booker, places, receivedAt } = payment;
  return (
    <TodayItem
      title={<RunTitle run={run} />}
      facts={<RunFacts run={run} />}
      actions={
        may("payments.write") ? (
          <>
            <Button size="small" onClick={() => setDecision("seat")}>
              {t("seat")}
            </Button>
            <Button size="small" variant="outline" onClick={() => setDecision("refund")}>
              {t("refund")}
            </Button>
          </>
        ) : undefined
      }
    >
      <p>
        <Localized>
          {t("paidLate", {
            amount: formatMoney(amount),
            name: booker?.name ?? reference,
            count: places,
            reference,
          })}
        </Localized>{" "}
        <span className="aside-note">
          {t("received")} <OfficeInstant instant={receivedAt} />
        </span>
      </p>
      {decision === undefined ? null : (
        <DecideDialog
          payment={payment}
          decision={decision}
          onClose={() => setDecision(undefined)}
        />
      )}
    </TodayItem>
  );
}

async function loadShape() {
  return (await import("@lectern/contract/bookings")).PaymentResolveInput;
}

interface DecideDialogProps {
  readonly payment: LatePayment;
  readonly decision: Decision;
  readonly onClose: () => void;
}

/** Shows what the decision means before it is made. */
function DecideDialog({ payment, decision, onClose }: DecideDialogProps) {
  const t = useTranslations("officeToday");
  const words = useTranslations("office");
  const api = useApi();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const [close, setClose] = useState<() => void>();
  const { run, places, amount } = payment;
  const values = {
    count: places,
    left: String(run.placesLeft),
    amount: formatMoney(amount),
    name: payment.booker?.name ?? payment.reference,
  };
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({ id: payment.id, decision, note: fieldText(data, "note") }),
    call: api.bookings.resolvePayment.mutationOptions(),
    onDone: async () => {
      undo.say(t(`decided_${decision}`, values));
      close?.();
      await queryClient.invalidateQueries(api.bookings.latePayments.infiniteQueryFilter());
    },
  });
  return (
    <Dialog title={t(`decide_${decision}`, values)} onClose={onClose}>
      {(end) => (
        <Form
          {...formProps}
          onSubmit={(event) => {
            setClose(() => end);
            formProps.onSubmit(event);
          }}
        >
          <p>{t(`decideWords_${decision}`, values)}</p>
          <TextField name="note" label={t("note")} isOptional problems={problems} />
          <CallFailure call={sending} />
          <DialogActions>
            <Button variant="outline" onClick={end}>
              {words("cancel")}
            </Button>
            <Button type="submit" isBusy={sending.isPending}>
              {t(decision)}
            </Button>
          </DialogActions>
        </Form>
      )}
    </Dialog>
  );
}
