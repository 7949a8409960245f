import type { BookingForStaff } from "@lectern/contract/booking-office";
import type { CancellationCost } from "@lectern/contract/registrations";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { type Place, livePlaces, sumOf } from "../../../bookings/live-places.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { formatShare } from "../../../format/shares.ts";
import { useUndo } from "../../../office/undo.tsx";
import { useObstacleWords, useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { CostLines } from "../../public/booked/cost-lines.tsx";
import { PlaceChoice } from "../../public/booked/place-choice.tsx";
import { DecisionFields } from "./decision-fields.tsx";
import { useBookingChanged } from "./use-booking.ts";

export interface PlacesDialogProps {
  readonly booking: BookingForStaff;
  /** Those that are chosen at first. */
  readonly chosen: readonly Place[];
  readonly onClose: () => void;
}

/** Gives places back, once it is shown what that costs; all of them end the booking. */
export function CancelDialog(props: PlacesDialogProps) {
  const { booking, onClose } = props;
  const t = useTranslations("officeBookings");
  const api = useApi();
  const undo = useUndo();
  const words = useRefusalWords();
  const changed = useBookingChanged();
  const live = livePlaces(booking);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(props.chosen.map(({ id }) => id)),
  );
  const [reason, setReason] = useState("");
  const [isWaived, setIsWaived] = useState(false);
  const { reference } = booking;
  const cost = useQuery(
    api.registrations.cancellationCost.queryOptions({ reference }, { staleTime: 0, gcTime: 0 }),
  );
  const cancelling = useCall(api.registrations.cancel.mutationOptions());
  const ending = useCall(api.bookings.cancel.mutationOptions());
  const isAll = live.every(({ id }) => chosen.has(id));
  const call = isAll ? ending : cancelling;
  const obstacle = cost.data?.registrations.find(
    (each) => chosen.has(each.registrationId) && each.obstacle !== null,
  )?.obstacle;

  function cancel(close: () => void): void {
    const decision = {
      reference,
      reason: reason.trim() || null,
      ...(isWaived && { waiveFee: true }),
    };
    const onSuccess = () => {
      close();
      undo.say(t("cancelled", { count: chosen.size }));
      changed();
    };
    if (isAll) {
      ending.mutate({ ...decision, idempotencyKey: ending.keyOf(decision) }, { onSuccess });
      return;
    }
    const wish = { ...decision, registrationIds: [...chosen] };
    cancelling.mutate({ ...wish, idempotencyKey: cancelling.keyOf(wish) }, { onSuccess });
  }
  return (
    <Dialog title={t(isAll ? "cancelAll" : "cancelTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("cancelWords")}</p>
          <CallFailure call={call} words={words} />
          <PlaceChoice places={live} chosen={chosen} onChosen={setChosen} />
          <div aria-live="polite">
            {cost.data === undefined ? (
              <p>{cost.isError ? words(cost.error) : t("costing")}</p>
            ) : (
              <Cost
                cost={cost.data}
                chosen={chosen}
                isPaid={booking.paymentState === "paid"}
                isWaived={isWaived}
              />
            )}
          </div>
          <DecisionFields
            reason={reason}
            onReason={setReason}
            isWaived={isWaived}
            onWaived={setIsWaived}
            canWaive={booking.can.waive}
          />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("keep")}
            </Button>
            <Button
              isBusy={call.isPending}
              isDisabled={chosen.size === 0 || cost.data === undefined || obstacle != null}
              onClick={() => cancel(close)}
            >
              {isAll ? t("cancelAll") : t("cancelYes", { count: chosen.size })}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

interface CostProps {
  readonly cost: CancellationCost;
  readonly chosen: ReadonlySet<string>;
  readonly isPaid: boolean;
  readonly isWaived: boolean;
}

/** What cancelling the chosen places costs at this moment, by the policy's tier. */
function Cost({ cost, chosen, isPaid, isWaived }: CostProps) {
  const t = useTranslations("officeBookings");
  const obstacleWords = useObstacleWords();
  const asked = cost.registrations.filter(({ registrationId }) => chosen.has(registrationId));
  const obstacle = asked.find((each) => each.obstacle !== null)?.obstacle;
  if (obstacle != null) return <p>{obstacleWords(obstacle)}</p>;
  const fee = sumOf(asked.map((each) => each.fee));
  const refund = sumOf(asked.map((each) => each.refund));
  if (asked.length === 0) return null;
  if (fee === null || refund === null) return <p>{t("costUnknown")}</p>;
  const kept = isWaived ? { ...fee, amount: 0 } : fee;
  const back = isWaived ? { ...refund, amount: refund.amount + fee.amount } : refund;
  return (
    <>
      <p>
        <Localized>
          {t("costNotice", {
            days: Math.max(0, cost.noticeDays),
            percent: formatShare(cost.feeBasisPoints),
          })}
        </Localized>
      </p>
      <CostLines
        lines={[
          { label: t("costKept"), amount: kept },
          { label: t(isPaid ? "costBack" : "costOff"), amount: back, isResult: true },
        ]}
      />
    </>
  );
}
