import type { CancellationCost } from "@lectern/contract/registrations";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { type BookingNow, type Place, livePlaces, sumOf } from "../../../bookings/live-places.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { formatShare } from "../../../format/shares.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useObstacleWords, useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { type CostLine, CostLines } from "./cost-lines.tsx";
import { PlaceChoice } from "./place-choice.tsx";

export interface ChangeDialogProps {
  readonly booking: BookingNow;
  /** Nothing where it is their own: then they are signed in. */
  readonly accessKey: string | null;
  /** Called with the booking as it is now. */
  readonly onChanged: (changed: BookingNow) => void;
  readonly onClose: () => void;
}

/** Gives places back, once it is clear what that costs. */
export function CancelDialog(props: ChangeDialogProps & { chosen: readonly Place[] }) {
  const { booking, accessKey, onChanged, onClose } = props;
  const t = useTranslations("booked");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const api = useApi();
  const live = livePlaces(booking);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(props.chosen.map(({ id }) => id)),
  );
  const [wishes] = useState(() => new Wishes());
  const proof = { reference: booking.reference, accessKey };
  const cost = useQuery(
    api.registrations.cancellationCost.queryOptions(proof, { staleTime: 0, gcTime: 0 }),
  );
  const cancellingSome = useMutation(api.registrations.cancel.mutationOptions());
  const cancellingAll = useMutation(api.bookings.cancel.mutationOptions());
  const isAll = live.every(({ id }) => chosen.has(id));
  const isBusy = cancellingSome.isPending || cancellingAll.isPending;
  const failure = isAll ? cancellingAll.error : cancellingSome.error;

  function cancel(close: () => void): void {
    function done(after: BookingNow): void {
      close();
      onChanged(after);
    }
    if (isAll) {
      const idempotencyKey = wishes.keyOf(proof);
      cancellingAll.mutate({ ...proof, idempotencyKey }, { onSuccess: done });
      return;
    }
    const wish = { ...proof, registrationIds: [...chosen] };
    cancellingSome.mutate({ ...wish, idempotencyKey: wishes.keyOf(wish) }, { onSuccess: done });
  }
  return (
    <Dialog title={t(isAll ? "cancelAll" : "cancelTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("cancelWords")}</p>
          {failure === null ? null : (
            <FailureNotice title={tFailures("failedTitle")}>
              <p>{words(failure)}</p>
            </FailureNotice>
          )}
          <PlaceChoice places={live} chosen={chosen} onChosen={setChosen} />
          <div aria-live="polite">
            {cost.data === undefined ? (
              <p>{cost.isError ? words(cost.error) : t("costing")}</p>
            ) : (
              <Cost cost={cost.data} chosen={chosen} isPaid={booking.paymentState === "paid"} />
            )}
          </div>
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("cancelNo")}
            </Button>
            <Button
              isBusy={isBusy}
              isDisabled={chosen.size === 0 || cost.data === undefined}
              onClick={() => cancel(close)}
            >
              {isBusy
                ? t("cancelling")
                : isAll
                  ? t("cancelYesAll")
                  : t("cancelYes", { count: chosen.size })}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

/** What cancelling the chosen places costs at this moment. */
function Cost(props: { cost: CancellationCost; chosen: ReadonlySet<string>; isPaid: boolean }) {
  const { cost, chosen, isPaid } = props;
  const t = useTranslations("booked");
  const obstacleWords = useObstacleWords();
  const asked = cost.registrations.filter(({ registrationId }) => chosen.has(registrationId));
  const obstacle = asked.find((each) => each.obstacle !== null)?.obstacle;
  if (obstacle != null) return <p>{obstacleWords(obstacle)}</p>;
  if (asked.length === 0) return null;
  const fee = sumOf(asked.map((each) => each.fee));
  const refund = sumOf(asked.map((each) => each.refund));
  if (fee === null || refund === null) return <p>{t("cancelUnknown")}</p>;
  const lines: CostLine[] = [
    { label: t("cancelFee"), amount: fee },
    { label: t(isPaid ? "cancelRefund" : "cancelRefundUnpaid"), amount: refund, isResult: true },
  ];
  return (
    <>
      <p>
        {fee.amount === 0 ? (
          t("cancelFree")
        ) : (
          <Localized>
            {t("cancelNotice", {
              days: Math.max(0, cost.noticeDays),
              percent: formatShare(cost.feeBasisPoints),
            })}
          </Localized>
        )}
      </p>
      {fee.amount === 0 && refund.amount === 0 ? null : <CostLines lines={lines} />}
    </>
  );
}
