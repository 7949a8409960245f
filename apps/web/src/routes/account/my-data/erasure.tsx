import { isLecternError } from "@lectern/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { formatInstant } from "../../../format/dates.ts";
import type { Requests } from "./export-part.tsx";

/** The end of an account, which can be taken back until it is there. */
export function Erasure({ requests }: { requests: Requests }) {
  const t = useTranslations("myData");
  const [isAsking, setIsAsking] = useState(false);
  return (
    <AccountPart id="erasure" title={t("erasure")} words={t("erasureWords")}>
      <Loaded query={requests}>
        {({ items }) => {
          const waiting = items.find(
            ({ kind, state }) => kind === "erasure" && state === "waiting",
          );
          if (waiting !== undefined) return <Waiting id={waiting.id} due={waiting.dueAt} />;
          return (
            <p>
              <Button variant="outline" onClick={() => setIsAsking(true)}>
                {t("erasureAsk")}
              </Button>
            </p>
          );
        }}
      </Loaded>
      {isAsking ? <AskDialog onClose={() => setIsAsking(false)} /> : null}
    </AccountPart>
  );
}

function useReadAgain(): () => Promise<void> {
  const api = useApi();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(api.privacy.requests.queryFilter());
}

function Waiting({ id, due }: { id: string; due: string }) {
  const t = useTranslations("myData");
  const withdrawing = useCall(
    useApi().privacy.withdrawErasure.mutationOptions({ onSuccess: useReadAgain() }),
  );
  return (
    <>
      <p role="status">
        <Localized>{t("erasureDue", { due: formatInstant(due) })}</Localized>
      </p>
      <CallFailure call={withdrawing} />
      <p>
        <Button
          isBusy={withdrawing.isPending}
          onClick={() => {
            const wish = { id };
            withdrawing.mutate({ ...wish, idempotencyKey: withdrawing.keyOf(wish) });
          }}
        >
          {t("erasureWithdraw")}
        </Button>
      </p>
    </>
  );
}

function AskDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("myData");
  const readAgain = useReadAgain();
  const asking = useCall(useApi().privacy.requestErasure.mutationOptions());
  /** What has to be done first. */
  function obstacle(failure: unknown): string | undefined {
    if (!isLecternError(failure, "Conflict")) return undefined;
    const { entity, detail } = failure.data;
    if (entity === "booking") return t("erasureBookings", { bookings: detail ?? "" });
    if (entity === "instructor") return t("erasureTeaching");
    return entity === "role_assignment" ? t("erasureLast") : undefined;
  }
  return (
    <Dialog title={t("erasureTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("erasureDialog")}</p>
          <CallFailure call={asking} words={obstacle} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("erasureKeep")}
            </Button>
            <Button
              isBusy={asking.isPending}
              onClick={() =>
                asking.mutate(
                  { idempotencyKey: asking.keyOf("erasure") },
                  {
                    onSuccess: () => {
                      close();
                      void readAgain();
                    },
                  },
                )
              }
            >
              {t(asking.isPending ? "erasureAsking" : "erasureYes")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
