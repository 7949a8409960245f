import { isLecternError } from "@lectern/client";
import type { DiscountDetail, DiscountValue } from "@lectern/contract/discounts";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { SelectField } from "../../../account/select-field.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { LongTextField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { minorUnits } from "../../../format/money.ts";
import { useUndo } from "../../../office/undo.tsx";
import { FindField } from "../bookings/find-field.tsx";
import { DiscountPreview } from "./discount-preview.tsx";
import { MomentField, fieldMoment } from "./moment-field.tsx";
import { useDiscountChanged } from "./use-discount-changed.ts";

async function loadShape() {
  return (await import("@lectern/contract/discounts")).DiscountCreateInput;
}

/** Names of the fields whose paths in the contract are not theirs. */
const FIELDS: Readonly<Record<string, string>> = {
  "value.basisPoints": "size",
  "value.amount": "size",
  "value.currency": "currency",
  value: "size",
};

const CURRENCY = /^[A-Z]{3}$/u;

/** What the fields say that a code takes off; they may say nothing yet, or nothing sensible. */
function valueOf(data: FormData): object {
  const size = fieldNumber(data, "size");
  const currency = fieldText(data, "currency")?.toUpperCase();
  if (fieldText(data, "kind") === "percent") {
    return { kind: "percent", basisPoints: size && Math.round(size * 100) };
  }
  const isCurrency = currency !== undefined && CURRENCY.test(currency);
  return {
    kind: "amount",
    amount: size && Math.round(size * (isCurrency ? minorUnits(currency) : 1)),
    currency,
  };
}

interface NewDiscountProps {
  readonly onMade: (made: DiscountDetail) => void;
}

/** Makes a code. What it would do to the price of a date is shown while it is written. */
export function NewDiscount({ onMade }: NewDiscountProps) {
  const t = useTranslations("officeDiscounts");
  const api = useApi();
  const undo = useUndo();
  const changed = useDiscountChanged();
  const [courseId, setCourseId] = useState<string>();
  const [kind, setKind] = useState<DiscountValue["kind"]>("percent");
  const [tried, setTried] = useState<object>({});
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({
      code: fieldText(data, "code"),
      description: fieldText(data, "description"),
      value: valueOf(data),
      maxUses: fieldNumber(data, "maxUses") ?? null,
      validFrom: fieldMoment(data, "validFrom"),
      validUntil: fieldMoment(data, "validUntil"),
      courseId: courseId ?? null,
    }),
    call: api.discounts.create.mutationOptions(),
    fieldOf: (path) => FIELDS[path] ?? path,
    judgedByServer: ["validUntil"],
    onDone: (made) => {
      undo.say(t("made", { code: made.code }));
      changed();
      onMade(made);
    },
  });
  function follow(form: HTMLFormElement): void {
    const data = new FormData(form);
    setKind(data.get("kind") === "amount" ? "amount" : "percent");
    setTried(valueOf(data));
  }
  return (
    <div className="office-discounts-one">
      <Form {...formProps} onInput={({ currentTarget }) => follow(currentTarget)}>
        <CallFailure
          call={sending}
          words={(failure) => (isLecternError(failure, "Conflict") ? t("alreadyThere") : undefined)}
        />
        <ProblemCount problems={problems} />
        <TextField
          name="code"
          label={t("code")}
          hint={t("codeHint")}
          autoComplete="off"
          problems={problems}
        />
        <LongTextField
          name="description"
          label={t("description")}
          hint={t("descriptionHint")}
          rows={2}
          problems={problems}
          isOptional
        />
        <SelectField name="kind" label={t("kind")} value="percent" problems={problems}>
          <option value="percent">{t("kind_percent")}</option>
          <option value="amount">{t("kind_amount")}</option>
        </SelectField>
        <div className="form-row">
          <TextField
            name="size"
            label={t(kind === "percent" ? "percent" : "amount")}
            inputMode="numeric"
            autoComplete="off"
            problems={problems}
          />
          {kind === "amount" ? (
            <TextField
              name="currency"
              label={t("currency")}
              value="NOK"
              autoComplete="off"
              problems={problems}
            />
          ) : null}
        </div>
        <FindField
          kind="course"
          label={t("courseOptional")}
          value={courseId}
          onChange={setCourseId}
        />
        <DiscountPreview value={tried} courseId={courseId} />
        <TextField
          name="maxUses"
          label={t("maxUses")}
          hint={t("maxUsesHint")}
          inputMode="numeric"
          autoComplete="off"
          problems={problems}
          isOptional
        />
        <MomentField
          name="validFrom"
          label={t("validFrom")}
          hint={t("clock")}
          problems={problems}
        />
        <MomentField
          name="validUntil"
          label={t("validUntil")}
          hint={t("clock")}
          problems={problems}
        />
        <p>
          <Button type="submit" isBusy={sending.isPending}>
            {t("make")}
          </Button>
        </p>
      </Form>
    </div>
  );
}
