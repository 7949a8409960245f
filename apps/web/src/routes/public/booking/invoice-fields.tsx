import { Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { TextField } from "../../../forms/fields.tsx";
import type { FieldProblems } from "../../../forms/use-contract-form.ts";
import { NEEDS_APPROVAL } from "./details.ts";

interface InvoiceFieldsProps {
  readonly isOnRequest: boolean;
  readonly problems: FieldProblems;
  /** Called with whether the company has to approve. */
  readonly onApproval: (isNeeded: boolean) => void;
}

/** How the booking is paid, and who has to agree to that. */
export function InvoiceFields({ isOnRequest, problems, onApproval }: InvoiceFieldsProps) {
  const t = useTranslations("booking");
  const [needsApproval, setNeedsApproval] = useState(false);
  return (
    <fieldset className="form-part">
      <legend>{t("invoice")}</legend>
      <p className="aside-note">{t(isOnRequest ? "invoiceWordsOnRequest" : "invoiceWords")}</p>
      <TextField
        name="purchaseOrder"
        label={t("purchaseOrder")}
        hint={t("purchaseOrderHint")}
        autoComplete="off"
        problems={problems}
        isOptional
      />
      <Checkbox
        name={NEEDS_APPROVAL}
        label={t("needsApproval")}
        description={t("needsApprovalWords")}
        checked={needsApproval}
        onChange={({ currentTarget }) => {
          setNeedsApproval(currentTarget.checked);
          onApproval(currentTarget.checked);
        }}
      />
      {needsApproval ? (
        <div className="form-row">
          <TextField
            name="approver.name"
            label={t("approverName")}
            autoComplete="off"
            problems={problems}
          />
          <TextField
            name="approver.email"
            type="email"
            label={t("approverEmail")}
            autoComplete="off"
            problems={problems}
          />
        </div>
      ) : null}
    </fieldset>
  );
}
