import type { DiscountListItem } from "@lectern/contract/discounts";
import { isLecternError } from "@lectern/client";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { LongTextField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { MomentField, fieldMoment } from "./moment-field.tsx";
import { useDiscountChanged } from "./use-discount-changed.ts";

async function loadShape() {
  return (await import("@lectern/contract/discounts")).DiscountChangeInput;
}

interface ChangeFormProps {
  readonly discount: DiscountListItem;
  readonly onEnd: () => void;
}

/** Changes the limits of a code. What it takes off never changes. */
export function ChangeForm({ discount, onEnd }: ChangeFormProps) {
  const t = useTranslations("officeDiscounts");
  const api = useApi();
  const undo = useUndo();
  const changed = useDiscountChanged();
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({
      id: discount.id,
      description: fieldText(data, "description") ?? "",
      maxUses: fieldNumber(data, "maxUses") ?? null,
      validFrom: fieldMoment(data, "validFrom"),
      validUntil: fieldMoment(data, "validUntil"),
      isActive: data.has("isActive"),
    }),
    call: api.discounts.change.mutationOptions(),
    judgedByServer: ["validUntil"],
    onDone: () => {
      undo.say(t("changed", { code: discount.code }));
      changed();
      onEnd();
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure
        call={sending}
        words={(failure) =>
          isLecternError(failure, "Conflict") && failure.data.reason === "below_used"
            ? t("belowUsed", { used: failure.data.detail ?? "" })
            : undefined
        }
      />
      <LongTextField
        name="description"
        label={t("description")}
        rows={2}
        value={discount.description}
        problems={problems}
        isOptional
      />
      <TextField
        name="maxUses"
        label={t("maxUses")}
        hint={t("maxUsesHint")}
        inputMode="numeric"
        value={discount.maxUses === null ? "" : String(discount.maxUses)}
        problems={problems}
        isOptional
      />
      <MomentField
        name="validFrom"
        label={t("validFrom")}
        hint={t("clock")}
        value={discount.validFrom}
        problems={problems}
      />
      <MomentField
        name="validUntil"
        label={t("validUntil")}
        hint={t("clock")}
        value={discount.validUntil}
        problems={problems}
      />
      <label className="office-discounts-tick">
        <input type="checkbox" name="isActive" defaultChecked={discount.isActive} />
        {t("isActive")}
      </label>
      <p className="office-discounts-do">
        <Button type="submit" isBusy={sending.isPending}>
          {t("save")}
        </Button>
        <Button variant="outline" onClick={onEnd}>
          {t("keep")}
        </Button>
      </p>
    </Form>
  );
}
