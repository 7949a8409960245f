import type { WaitlistEntryDetail, WaitlistStanding } from "@lectern/contract/waitlist";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { keepBookingKey } from "../../../browser/booking-keys.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { PriceTable } from "../../../prices/price-table.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { Countdown } from "../../../time-left/countdown.tsx";
import { LeaveButton } from "./leave-button.tsx";

interface OfferProps {
  readonly entry: WaitlistEntryDetail;
  readonly offer: NonNullable<WaitlistStanding["offer"]>;
  readonly accessKey: string;
  /** When it was read, on this device's clock. */
  readonly readAt: number;
}

/** Places that are offered: how long they stand, what they cost, and the one click that takes them. */
export function Offer({ entry, offer, accessKey, readAt }: OfferProps) {
  const t = useTranslations("waitlist");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [wishes] = useState(() => new Wishes());
  const { entryId, run, serverTime } = entry;
  const { quantity, expiresAt } = offer;
  const proof = { entryId, accessKey };

  function readAgain(): void {
    void queryClient.invalidateQueries(api.waitlist.byKey.queryFilter(proof));
  }
  const quote = useQuery(
    api.prices.quote.queryOptions({ runId: run.id, places: quantity }, { staleTime: 0 }),
  );
  const accepting = useMutation(
    api.waitlist.accept.mutationOptions({
      onSuccess: async ({ reference, accessKey: bookingKey, runId }) => {
        keepBookingKey({ reference, accessKey: bookingKey, runId });
        readAgain();
        await navigate({ to: "/bookings/$reference", params: { reference } });
      },
      // The offer may be over: then the page says so.
      onError: readAgain,
    }),
  );
  return (
    <>
      <p>{t("words_offered")}</p>
      <Countdown
        label={t("timeLeft")}
        expiresAt={expiresAt}
        serverTime={serverTime}
        readAt={readAt}
        timeZone={run.timeZone}
        onEnd={readAgain}
      />
      {accepting.isError ? (
        <FailureNotice key={accepting.failureCount} title={tFailures("failedTitle")}>
          <p>{words(accepting.error)}</p>
        </FailureNotice>
      ) : null}
      {quote.data?.total == null ? null : (
        <PriceTable
          places={quote.data.places.map(({ explanation }) => explanation)}
          total={quote.data.total}
          timeZone={run.timeZone}
        />
      )}
      <div className="waitlist-ways">
        <p>
          <Button
            size="large"
            isBusy={accepting.isPending}
            onClick={() =>
              accepting.mutate({ ...proof, idempotencyKey: wishes.keyOf({ accept: entryId }) })
            }
          >
            {accepting.isPending ? t("accepting") : t("accept", { count: quantity })}
          </Button>
        </p>
        <LeaveButton entryId={entryId} accessKey={accessKey} kind="decline" />
      </div>
      <p className="aside-note">{t("acceptWords")}</p>
    </>
  );
}
