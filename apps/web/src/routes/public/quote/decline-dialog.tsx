import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import type { QuoteProps } from "./quote.tsx";

const REASON_MAX = 1000;

/** Declines a quote, with a reason if the customer likes. */
export function DeclineDialog({ proof, onClose }: QuoteProps & { onClose: () => void }) {
  const t = useTranslations("quote");
  const tForms = useTranslations("forms");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const api = useApi();
  const queryClient = useQueryClient();
  const [wishes] = useState(() => new Wishes());
  const declining = useMutation(
    api.quotes.decline.mutationOptions({
      // Whatever comes of it, the page says how things stand.
      onSettled: () => queryClient.invalidateQueries(api.quotes.byKey.queryFilter(proof)),
    }),
  );

  function decline(close: () => void): void {
    const reason = field.current?.value.trim() ?? "";
    const wish = { ...proof, ...(reason !== "" && { reason }) };
    declining.mutate({ ...wish, idempotencyKey: wishes.keyOf(wish) }, { onSuccess: close });
  }
  return (
    <Dialog title={t("declineTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("declineWords")}</p>
          {declining.error === null ? null : (
            <FailureNotice key={declining.failureCount} title={tFailures("failedTitle")}>
              <p>{words(declining.error)}</p>
            </FailureNotice>
          )}
          <div className="quote-reason">
            <label htmlFor={id}>
              {t("reason")} <span className="quote-optional">({tForms("optional")})</span>
            </label>
            <p id={`${id}-hint`} className="aside-note">
              {t("reasonHint")}
            </p>
            <textarea
              ref={field}
              id={id}
              className="field"
              rows={4}
              maxLength={REASON_MAX}
              aria-describedby={`${id}-hint`}
              autoComplete="off"
            />
          </div>
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("back")}
            </Button>
            <Button isBusy={declining.isPending} onClick={() => decline(close)}>
              {t(declining.isPending ? "declining" : "declineYes")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
