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
import { OfficeLink } from "../../../office/office-link.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useRunChanged } from "./use-run.ts";

async function loadShape() {
  return (await import("@lectern/contract/runs")).RunChangeCapacityInput;
}

/** Gives a date more or fewer places: what that means is said as it is typed. */
export function CapacityForm({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const undo = useUndo();
  const changed = useRunChanged(run.id);
  const [wanted, setWanted] = useState(run.places.capacity);
  const [count, setCount] = useState(0);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({
      id: run.id,
      capacity: fieldNumber(data, "capacity"),
      reason: fieldText(data, "reason"),
    }),
    call: api.runs.changeCapacity.mutationOptions(),
    onDone: ({ capacity }) => {
      undo.say(t("capacitySaved", { capacity: String(capacity) }));
      setWanted(capacity);
      // Empty again for the next time.
      setCount(count + 1);
      changed();
    },
  });
  const refusal = sending.error;
  return (
    <Form
      key={count}
      {...formProps}
      onChange={({ currentTarget }) =>
        setWanted(fieldNumber(new FormData(currentTarget), "capacity") ?? run.places.capacity)
      }
    >
      <div className="run-fields">
        <TextField
          name="capacity"
          type="number"
          min={0}
          label={t("capacityNew")}
          value={String(run.places.capacity)}
          problems={problems}
        />
        <TextField name="reason" label={t("reason")} problems={problems} />
      </div>
      <p role="status">
        <Consequences run={run} wanted={wanted} />
      </p>
      {isLecternError(refusal, "CapacityBelowTaken") ? (
        <div className="run-must-move" role="alert">
          <p>
            {t("capacityTooFew", {
              taken: refusal.data.taken,
              count: String(refusal.data.taken - refusal.data.requested),
            })}{" "}
            {t("capacityNewest")}
          </p>
          <ul>
            {refusal.data.mustMove.slice(0, 10).map((item) => (
              <li key={item.allocationId}>
                {item.quantity} × {t(`kind_${item.kind}`)}{" "}
                {item.reference === null ? null : (
                  <OfficeLink href={`/office/bookings/${item.reference}`}>
                    {item.reference}
                  </OfficeLink>
                )}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <CallFailure call={sending} />
      )}
      <p>
        <Button type="submit" variant="outline" isBusy={sending.isPending}>
          {t("capacitySave")}
        </Button>
      </p>
    </Form>
  );
}

function Consequences({ run, wanted }: { run: RunForStaff; wanted: number }) {
  const t = useTranslations("officeRun");
  const { capacity, free, waiting } = run.places;
  if (!Number.isInteger(wanted) || wanted < 0) return "";
  if (wanted === capacity) return t("capacitySame");
  if (wanted > capacity) return t("capacityMore", { count: wanted - capacity, waiting });
  const taken = capacity - free;
  return wanted < taken
    ? t("capacityTooFew", { taken, count: String(taken - wanted) })
    : t("capacityFewer", { count: capacity - wanted, free: String(wanted - taken) });
}
