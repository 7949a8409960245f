import { isLecternError } from "@lectern/client";
import type { RunForStaff } from "@lectern/contract/run-office";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useRunChanged } from "./use-run.ts";

async function loadShape() {
  return (await import("@lectern/contract/runs")).RunBlockPlacesInput;
}

/** Keeps places back. */
export function BlockForm({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const undo = useUndo();
  const changed = useRunChanged(run.id);
  const [count, setCount] = useState(0);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({
      id: run.id,
      quantity: fieldNumber(data, "quantity"),
      reason: fieldText(data, "reason"),
    }),
    call: api.runs.blockPlaces.mutationOptions(),
    onDone: (_answer, { quantity }) => {
      undo.say(t("blocked", { count: quantity }));
      setCount(count + 1);
      changed();
    },
  });
  return (
    <Form key={count} {...formProps}>
      <div className="run-fields">
        <TextField
          name="quantity"
          type="number"
          min={1}
          label={t("blockMany")}
          problems={problems}
        />
        <TextField name="reason" label={t("blockWhy")} problems={problems} />
      </div>
      <CallFailure
        call={sending}
        words={(error) =>
          isLecternError(error, "SoldOut")
            ? t("soldOut", { count: error.data.placesLeft })
            : undefined
        }
      />
      <p>
        <Button type="submit" variant="outline" isBusy={sending.isPending}>
          {t("block")}
        </Button>
      </p>
    </Form>
  );
}
