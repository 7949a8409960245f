import type { TransferCost } from "@lectern/contract/registrations";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { livePlaces } from "../../../bookings/live-places.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { language } from "../../../language/language.ts";
import { useUndo } from "../../../office/undo.tsx";
import { useObstacleWords, useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { type CostLine, CostLines } from "../../public/booked/cost-lines.tsx";
import { OtherDates } from "../../public/booked/other-dates.tsx";
import { PlaceChoice } from "../../public/booked/place-choice.tsx";
import type { PlacesDialogProps } from "./cancel-dialog.tsx";
import { DecisionFields } from "./decision-fields.tsx";
import { useBookingChanged } from "./use-booking.ts";

const DATES_MAX = 50;

/** Moves places to another date of the course, once it is shown what that costs. */
export function MoveDialog(props: PlacesDialogProps) {
  const { booking, onClose } = props;
  const { run, reference } = booking;
  const t = useTranslations("officeBookings");
  const words = useRefusalWords();
  const api = useApi();
  const undo = useUndo();
  const router = useRouter();
  const changed = useBookingChanged();
  const dateGroup = useId();
  const live = livePlaces(booking);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(props.chosen.map(({ id }) => id)),
  );
  const [toRunId, setToRunId] = useState<string>();
  const [reason, setReason] = useState("");
  const [isWaived, setIsWaived] = useState(false);
  const others = useQuery(
    api.runs.upcoming.queryOptions(
      { course: run.course.slug, limit: DATES_MAX, language: language() },
      { staleTime: 0 },
    ),
  );
  const dates = others.data?.items.filter(
    ({ id, bookability, price }) =>
      id !== run.id &&
      bookability === "open" &&
      // Two currencies never meet.
      (price === null || run.price === null || price.currency === run.price.currency),
  );
  const isAsked = toRunId !== undefined && chosen.size > 0;
  const target = { reference, registrationIds: [...chosen], toRunId: toRunId ?? "" };
  const cost = useQuery(
    api.registrations.transferCost.queryOptions(target, {
      enabled: isAsked,
      staleTime: 0,
      gcTime: 0,
    }),
  );
  const moving = useCall(
    api.registrations.transfer.mutationOptions({ onError: () => void others.refetch() }),
  );

  function move(close: () => void): void {
    const wish = {
      ...target,
      reason: reason.trim() || null,
      ...(isWaived && { waiveFee: true }),
    };
    moving.mutate(
      { ...wish, idempotencyKey: moving.keyOf(wish) },
      {
        onSuccess: ({ to }) => {
          close();
          undo.say(t("moved", { reference: to.reference }));
          changed();
          void router.navigate({ href: `/office/bookings/${to.reference}` });
        },
      },
    );
  }
  return (
    <Dialog title={t("moveTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("moveWords")}</p>
          <CallFailure call={moving} words={words} />
          <PlaceChoice places={live} chosen={chosen} onChosen={setChosen} />
          {dates === undefined ? (
            <p role="status">{others.isError ? words(others.error) : t("finding")}</p>
          ) : dates.length === 0 ? (
            <p>{t("moveNone")}</p>
          ) : (
            <fieldset className="office-booking-dates">
              <legend className="label">{t("moveTo")}</legend>
              <OtherDates
                name={dateGroup}
                runs={dates}
                places={Math.max(1, chosen.size)}
                chosen={toRunId}
                onChosen={setToRunId}
                isPriceShown
              />
            </fieldset>
          )}
          <div aria-live="polite">
            {isAsked ? (
              cost.data === undefined ? (
                <p>{cost.isError ? words(cost.error) : t("costing")}</p>
              ) : (
                <Cost cost={cost.data} isWaived={isWaived} />
              )
            ) : null}
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
              isBusy={moving.isPending}
              isDisabled={!isAsked || cost.data === undefined}
              onClick={() => move(close)}
            >
              {t("moveYes", { count: chosen.size })}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

/** What moving costs at this moment; without the fee, the difference of the prices remains. */
function Cost({ cost, isWaived }: { cost: TransferCost; isWaived: boolean }) {
  const t = useTranslations("officeBookings");
  const obstacleWords = useObstacleWords();
  const obstacle = cost.registrations.find((each) => each.obstacle !== null)?.obstacle;
  if (obstacle != null) return <p>{obstacleWords(obstacle)}</p>;
  const { fee, difference } = cost;
  if (fee === null || difference === null) return <p>{t("costUnknown")}</p>;
  const { currency } = fee;
  const charged = isWaived ? 0 : fee.amount;
  const due = charged + difference.amount;
  if (charged === 0 && difference.amount === 0) return <p>{t("moveFree")}</p>;
  const lines: CostLine[] = [
    { label: t("moveFee"), amount: { amount: charged, currency } },
    { label: t("moveDifference"), amount: difference },
    {
      label: t(due < 0 ? "moveRefund" : "moveToPay"),
      amount: { amount: Math.abs(due), currency },
      isResult: true,
    },
  ];
  return <CostLines lines={lines} />;
}
