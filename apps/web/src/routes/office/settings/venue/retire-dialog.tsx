import { isLecternError } from "@lectern/client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { Button } from "../../../../components/button.tsx";
import { Dialog, DialogActions } from "../../../../dialog/dialog.tsx";

interface RetireDialogProps {
  readonly name: string;
  /** Dates that go on there or are still to come: as long as there are any, it can't be done. */
  readonly upcomingRuns: number;
  /** What it does. */
  readonly words: string;
  readonly onRetire: () => Promise<void>;
  readonly onClose: () => void;
}

/** Retires a place or a room, or says which dates are in the way. */
export function RetireDialog({ name, upcomingRuns, words, onRetire, onClose }: RetireDialogProps) {
  const t = useTranslations("officeVenues");
  const retiring = useMutation({ mutationFn: onRetire });
  const isFree = upcomingRuns === 0;
  return (
    <Dialog title={t("retireTitle", { name })} onClose={onClose}>
      {(close) => (
        <>
          <p>{isFree ? words : t("datesInTheWay", { count: upcomingRuns })}</p>
          <CallFailure
            call={retiring}
            words={(failure) =>
              isLecternError(failure, "Conflict") && failure.data.reason === "has_upcoming_runs"
                ? t("datesInTheWay", { count: Number(failure.data.detail) })
                : undefined
            }
          />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("keep")}
            </Button>
            {isFree ? (
              <Button
                isBusy={retiring.isPending}
                onClick={() => retiring.mutate(undefined, { onSuccess: close })}
              >
                {t("retire")}
              </Button>
            ) : null}
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
