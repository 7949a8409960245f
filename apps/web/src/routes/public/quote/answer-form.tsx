import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { keepBookingKey } from "../../../browser/booking-keys.ts";
import { Button, LinkButton } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { DeclineDialog } from "./decline-dialog.tsx";
import type { QuoteProps } from "./quote.tsx";

const HOURS_A_DAY = 24;

/** Accepts the quote with one click, or declines it after asking once. */
export function AnswerForm({ quote, proof }: QuoteProps) {
  const t = useTranslations("quote");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [isDeclining, setIsDeclining] = useState(false);
  const [wishes] = useState(() => new Wishes());
  const { obstacle, holdHours } = quote;

  function readAgain(): void {
    void queryClient.invalidateQueries(api.quotes.byKey.queryFilter(proof));
  }
  const accepting = useMutation(
    api.quotes.accept.mutationOptions({
      onSuccess: async ({ reference, accessKey, runId }) => {
        keepBookingKey({ reference, accessKey, runId });
        readAgain();
        await navigate({ to: "/bookings/$reference", params: { reference } });
      },
      // It may be over, or somebody else has the places: then the page says so.
      onError: readAgain,
    }),
  );
  return (
    <div className="quote-answer">
      {obstacle === null || accepting.isError ? null : (
        <p className="quote-obstacle">{t(`obstacle_${obstacle}`)}</p>
      )}
      {accepting.isError ? (
        <FailureNotice key={accepting.failureCount} title={tFailures("failedTitle")}>
          <p>{words(accepting.error)}</p>
        </FailureNotice>
      ) : null}
      <div className="quote-ways">
        <Button
          size="large"
          isBusy={accepting.isPending}
          isDisabled={obstacle !== null}
          onClick={() =>
            accepting.mutate({ ...proof, idempotencyKey: wishes.keyOf({ accept: quote.id }) })
          }
        >
          {t(accepting.isPending ? "accepting" : "accept")}
        </Button>
        <Button size="large" variant="outline" onClick={() => setIsDeclining(true)}>
          {t("decline")}
        </Button>
        {obstacle === null ? null : (
          <LinkButton to="/contact" variant="outline" size="large">
            {t("contact")}
          </LinkButton>
        )}
      </div>
      <p className="aside-note">
        {t("acceptWords", { days: Math.round(holdHours / HOURS_A_DAY) })}
      </p>
      {isDeclining ? (
        <DeclineDialog quote={quote} proof={proof} onClose={() => setIsDeclining(false)} />
      ) : null}
    </div>
  );
}
