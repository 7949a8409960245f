import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";

interface LeaveButtonProps {
  readonly entryId: string;
  readonly accessKey: string;
  /** Leaves the line, or declines what is offered. */
  readonly kind: "leave" | "decline";
}

const WORDS = {
  leave: {
    open: "leave",
    title: "leaveSure",
    words: "leaveSureWords",
    yes: "leaveYes",
    busy: "leaving",
  },
  decline: {
    open: "decline",
    title: "declineSure",
    words: "declineSureWords",
    yes: "declineYes",
    busy: "declining",
  },
} as const;

/** Ends a place in the waiting list, after asking once. */
export function LeaveButton({ entryId, accessKey, kind }: LeaveButtonProps) {
  const t = useTranslations("waitlist");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const api = useApi();
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [wishes] = useState(() => new Wishes());
  const proof = { entryId, accessKey };
  // Whatever comes of it, the page says how things stand.
  const options = {
    onSettled: () => queryClient.invalidateQueries(api.waitlist.byKey.queryFilter(proof)),
  };
  const withdrawing = useMutation(api.waitlist.withdraw.mutationOptions(options));
  const declining = useMutation(api.waitlist.decline.mutationOptions(options));
  const { mutate, error, isPending } = kind === "leave" ? withdrawing : declining;
  const said = WORDS[kind];
  return (
    <>
      <p>
        <Button variant="outline" onClick={() => setIsOpen(true)}>
          {t(said.open)}
        </Button>
      </p>
      {isOpen ? (
        <Dialog title={t(said.title)} onClose={() => setIsOpen(false)}>
          {(close) => (
            <>
              <p>{t(said.words)}</p>
              {error === null ? null : (
                <FailureNotice title={tFailures("failedTitle")}>
                  <p>{words(error)}</p>
                </FailureNotice>
              )}
              <DialogActions>
                <Button variant="outline" onClick={close}>
                  {t("keep")}
                </Button>
                <Button
                  isBusy={isPending}
                  onClick={() =>
                    mutate(
                      { ...proof, idempotencyKey: wishes.keyOf({ kind, entryId }) },
                      { onSuccess: close },
                    )
                  }
                >
                  {t(isPending ? said.busy : said.yes)}
                </Button>
              </DialogActions>
            </>
          )}
        </Dialog>
      ) : null}
    </>
  );
}
