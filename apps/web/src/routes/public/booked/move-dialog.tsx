import type { TransferCost } from "@lectern/contract/registrations";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { type Place, livePlaces } from "../../../bookings/live-places.ts";
import { keepBookingKey } from "../../../browser/booking-keys.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { language } from "../../../language/language.ts";
import { useObstacleWords, useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import type { ChangeDialogProps } from "./cancel-dialog.tsx";
import { type CostLine, CostLines } from "./cost-lines.tsx";
import { OtherDates } from "./other-dates.tsx";
import { PlaceChoice } from "./place-choice.tsx";
import "./move-dialog.css";

const DATES_MAX = 50;

/** Moves places to another date of the course, once it is clear what that costs. */
export function MoveDialog(props: ChangeDialogProps & { chosen: readonly Place[] }) {
  const { booking, accessKey, onChanged, onClose } = props;
  const { run, reference } = booking;
  const t = useTranslations("booked");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const api = useApi();
  const navigate = useNavigate();
  const dateGroup = useId();
  const live = livePlaces(booking);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(props.chosen.map(({ id }) => id)),
  );
  const [toRunId, setToRunId] = useState<string>();
  const [wishes] = useState(() => new Wishes());
  const proof = { reference, accessKey };

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
  const wish = { ...proof, registrationIds: [...chosen], toRunId: toRunId ?? "" };
  const cost = useQuery(
    api.registrations.transferCost.queryOptions(wish, {
      enabled: toRunId !== undefined && chosen.size > 0,
      staleTime: 0,
      gcTime: 0,
    }),
  );
  const moving = useMutation(
    api.registrations.transfer.mutationOptions({
      onError: () => void others.refetch(),
    }),
  );

  function move(close: () => void): void {
    moving.mutate(
      { ...wish, idempotencyKey: wishes.keyOf(wish) },
      {
        onSuccess: ({ from, to }) => {
          keepBookingKey({ reference: to.reference, accessKey: to.accessKey, runId: to.runId });
          close();
          onChanged(from);
          void navigate({ to: "/bookings/$reference", params: { reference: to.reference } });
        },
      },
    );
  }
  return (
    <Dialog title={t("moveTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("moveWords")}</p>
          {moving.error === null ? null : (
            <FailureNotice key={moving.failureCount} title={tFailures("failedTitle")}>
              <p>{words(moving.error)}</p>
            </FailureNotice>
          )}
          <PlaceChoice places={live} chosen={chosen} onChosen={setChosen} />
          {dates === undefined ? (
            <p role="status">{others.isError ? words(others.error) : t("opening")}</p>
          ) : dates.length === 0 ? (
            <p>{t("moveNone")}</p>
          ) : (
            <fieldset className="move-dialog-dates">
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
            {toRunId === undefined || chosen.size === 0 ? null : cost.data === undefined ? (
              <p>{cost.isError ? words(cost.error) : t("costing")}</p>
            ) : (
              <Cost cost={cost.data} />
            )}
          </div>
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("close")}
            </Button>
            {dates?.length === 0 ? null : (
              <Button
                isBusy={moving.isPending}
                isDisabled={toRunId === undefined || chosen.size === 0 || cost.data === undefined}
                onClick={() => move(close)}
              >
                {moving.isPending ? t("moving") : t("moveYes", { count: chosen.size })}
              </Button>
            )}
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

/** What moving costs at this moment. */
function Cost({ cost }: { cost: TransferCost }) {
  const t = useTranslations("booked");
  const obstacleWords = useObstacleWords();
  const obstacle = cost.registrations.find((each) => each.obstacle !== null)?.obstacle;
  if (obstacle != null) return <p>{obstacleWords(obstacle)}</p>;
  const { fee, difference, toPay, refund } = cost;
  if (fee === null || difference === null || toPay === null || refund === null) {
    return <p>{t("moveUnknown")}</p>;
  }
  if (fee.amount === 0 && difference.amount === 0) return <p>{t("moveFree")}</p>;
  const lines: CostLine[] = [
    { label: t("moveFee"), amount: fee },
    { label: t("moveDifference"), amount: difference },
    refund.amount > 0
      ? { label: t("moveRefund"), amount: refund, isResult: true }
      : { label: t("moveToPay"), amount: toPay, isResult: true },
  ];
  return <CostLines lines={lines} />;
}
