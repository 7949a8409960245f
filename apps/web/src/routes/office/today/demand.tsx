import type { RouterOutputs } from "@lectern/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button, LinkButton } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { RunFacts, RunTitle } from "./run-title.tsx";
import { TodayItem, TodaySection } from "./section.tsx";
import type { Today } from "./use-today.ts";

type RunInDemand = RouterOutputs["waitlist"]["demand"]["items"][number];

/** Dates that people wait for. */
export function Demand({ list }: { list: Today["demand"] }) {
  return (
    <TodaySection part="demand" list={list}>
      {(item) => <OneRun key={item.run.id} item={item} />}
    </TodaySection>
  );
}

function OneRun({ item }: { item: RunInDemand }) {
  const t = useTranslations("officeToday");
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  const { run, parties, places, waitingSince } = item;
  return (
    <TodayItem
      title={<RunTitle run={run} tab="waiting" />}
      facts={<RunFacts run={run} />}
      actions={
        may("runs.write") ? (
          <>
            <Button size="small" onClick={() => setIsOpen(true)}>
              {t("morePlaces")}
            </Button>
            <LinkButton to="/office/schedule/new" variant="outline" size="small">
              {t("anotherDate")}
            </LinkButton>
          </>
        ) : undefined
      }
    >
      <p>
        {t("waiting", {
          parties,
          places,
          capacity: String(run.capacity),
          left: String(run.placesLeft),
        })}{" "}
        <span className="aside-note">
          {t("since")} <OfficeInstant instant={waitingSince} />
        </span>
      </p>
      {isOpen ? <MorePlacesDialog item={item} onClose={() => setIsOpen(false)} /> : null}
    </TodayItem>
  );
}

async function loadShape() {
  return (await import("@lectern/contract/runs")).RunChangeCapacityInput;
}

/** Raises the capacity of a date: those who wait are asked in their order. */
function MorePlacesDialog({ item, onClose }: { item: RunInDemand; onClose: () => void }) {
  const t = useTranslations("officeToday");
  const words = useTranslations("office");
  const api = useApi();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const [close, setClose] = useState<() => void>();
  const { run, places } = item;
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({
      id: run.id,
      capacity: fieldNumber(data, "capacity"),
      reason: fieldText(data, "reason"),
    }),
    call: api.runs.changeCapacity.mutationOptions(),
    onDone: async ({ capacity }) => {
      undo.say(t("capacityRaised", { course: run.course.title, capacity: String(capacity) }));
      close?.();
      await Promise.all([
        queryClient.invalidateQueries(api.waitlist.demand.infiniteQueryFilter()),
        queryClient.invalidateQueries(api.waitlist.offers.infiniteQueryFilter()),
        queryClient.invalidateQueries(api.runs.conflicts.infiniteQueryFilter()),
      ]);
    },
  });
  return (
    <Dialog title={t("morePlacesTitle", { course: run.course.title })} onClose={onClose}>
      {(end) => (
        <Form
          {...formProps}
          onSubmit={(event) => {
            setClose(() => end);
            formProps.onSubmit(event);
          }}
        >
          <p>{t("morePlacesWords", { capacity: String(run.capacity), count: places })}</p>
          <TextField
            name="capacity"
            type="number"
            min={run.capacity}
            label={t("capacity")}
            hint={t("capacityHint")}
            value={String(run.capacity + places)}
            problems={problems}
          />
          <TextField
            name="reason"
            label={t("reason")}
            value={t("reasonWaiting")}
            problems={problems}
          />
          <CallFailure call={sending} />
          <DialogActions>
            <Button variant="outline" onClick={end}>
              {words("cancel")}
            </Button>
            <Button type="submit" isBusy={sending.isPending}>
              {t("morePlaces")}
            </Button>
          </DialogActions>
        </Form>
      )}
    </Dialog>
  );
}
