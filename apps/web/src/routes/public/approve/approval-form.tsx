import type { BookingApproval } from "@lectern/contract/bookings";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { fieldText } from "../../../forms/contract-shape.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import type { ApprovalProof } from "./approval.tsx";
import { RefuseDialog } from "./refuse-dialog.tsx";
import "./approval-form.css";

const PURCHASE_ORDER_MAX = 100;

export interface ApprovalFormProps {
  readonly approval: BookingApproval;
  readonly proof: ApprovalProof;
  /** Called with the booking as it is now. */
  readonly onDecided: (after: BookingApproval) => void;
  /** Called when the server says no: the booking may not be what it was. */
  readonly onRefused: () => void;
}

/** Approves with one click, or refuses after asking once. */
export function ApprovalForm(props: ApprovalFormProps) {
  const { approval, proof, onDecided, onRefused } = props;
  const t = useTranslations("approval");
  const tForms = useTranslations("forms");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const id = useId();
  const [isRefusing, setIsRefusing] = useState(false);
  const [wishes] = useState(() => new Wishes());
  const approving = useMutation(
    useApi().bookings.approve.mutationOptions({ onSuccess: onDecided, onError: onRefused }),
  );
  function approve(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (approving.isPending) return;
    const purchaseOrder = fieldText(new FormData(event.currentTarget), "purchaseOrder");
    const wish = { ...proof, ...(purchaseOrder !== undefined && { purchaseOrder }) };
    approving.mutate({ ...wish, idempotencyKey: wishes.keyOf(wish) });
  }
  return (
    <form className="approval-form" onSubmit={approve}>
      {approving.isError ? (
        <FailureNotice key={approving.failureCount} title={tFailures("failedTitle")}>
          <p>{words(approving.error)}</p>
        </FailureNotice>
      ) : null}
      <div className="approval-form-field">
        <label htmlFor={id}>
          {t("purchaseOrder")}{" "}
          <span className="approval-form-optional">({tForms("optional")})</span>
        </label>
        <p id={`${id}-hint`} className="aside-note">
          {t("purchaseOrderHint")}
        </p>
        <input
          id={id}
          name="purchaseOrder"
          className="field"
          maxLength={PURCHASE_ORDER_MAX}
          defaultValue={approval.purchaseOrder ?? ""}
          aria-describedby={`${id}-hint`}
          autoComplete="off"
        />
      </div>
      <div className="approval-form-ways">
        <Button type="submit" size="large" isBusy={approving.isPending}>
          {t(approving.isPending ? "approving" : "approve")}
        </Button>
        {approval.status === "awaiting_approval" ? (
          <Button variant="outline" size="large" onClick={() => setIsRefusing(true)}>
            {t("refuse")}
          </Button>
        ) : null}
      </div>
      <p className="aside-note">{t("approveWords")}</p>
      {isRefusing ? <RefuseDialog {...props} onClose={() => setIsRefusing(false)} /> : null}
    </form>
  );
}
