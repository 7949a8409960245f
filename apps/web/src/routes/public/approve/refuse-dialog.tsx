import { useMutation } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import type { ApprovalFormProps } from "./approval-form.tsx";

const REASON_MAX = 500;

/** Refuses a booking, with a reason for whoever wanted it. */
export function RefuseDialog(props: ApprovalFormProps & { onClose: () => void }) {
  const { approval, proof, onDecided, onRefused, onClose } = props;
  const t = useTranslations("approval");
  const tForms = useTranslations("forms");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [wishes] = useState(() => new Wishes());
  const refusing = useMutation(useApi().bookings.refuse.mutationOptions({ onError: onRefused }));
  const booker = approval.booker.name;

  function refuse(close: () => void): void {
    const reason = field.current?.value.trim() ?? "";
    const wish = { ...proof, ...(reason !== "" && { reason }) };
    refusing.mutate(
      { ...wish, idempotencyKey: wishes.keyOf(wish) },
      {
        onSuccess: (after) => {
          close();
          onDecided(after);
        },
      },
    );
  }
  return (
    <Dialog title={t("refuseTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("refuseWords", { booker })}</p>
          {refusing.error === null ? null : (
            <FailureNotice key={refusing.failureCount} title={tFailures("failedTitle")}>
              <p>{words(refusing.error)}</p>
            </FailureNotice>
          )}
          <div className="approval-form-field">
            <label htmlFor={id}>
              {t("reason")} <span className="approval-form-optional">({tForms("optional")})</span>
            </label>
            <p id={`${id}-hint`} className="aside-note">
              {t("reasonHint", { booker })}
            </p>
            <input
              ref={field}
              id={id}
              className="field"
              maxLength={REASON_MAX}
              aria-describedby={`${id}-hint`}
              autoComplete="off"
            />
          </div>
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("back")}
            </Button>
            <Button isBusy={refusing.isPending} onClick={() => refuse(close)}>
              {t(refusing.isPending ? "refusing" : "refuseYes")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
