import type { RunForStaff } from "@lectern/contract/run-office";
import type { RouterOutputs } from "@lectern/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { StateBadge } from "../../../office/state-badge.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { CancelDialog } from "../run/cancel-dialog.tsx";
import { ConfirmRunDialog } from "../run/confirm-run-dialog.tsx";
import { RunFacts, RunTitle } from "./run-title.tsx";
import { TodayItem, TodaySection } from "./section.tsx";
import type { Today } from "./use-today.ts";

type UndecidedRun = RouterOutputs["runs"]["undecided"]["items"][number];

/** Tentative dates about which it has to be decided whether they take place. */
export function Undecided({ list }: { list: Today["undecided"] }) {
  return (
    <TodaySection part="undecided" list={list}>
      {(item) => <OneRun key={item.run.id} item={item} />}
    </TodaySection>
  );
}

function OneRun({ item }: { item: UndecidedRun }) {
  const t = useTranslations("officeToday");
  const { run, decideBy, isOverdue, bookedPlaces, minPlaces } = item;
  return (
    <TodayItem
      title={<RunTitle run={run} />}
      facts={
        <>
          <RunFacts run={run} />
          <span>
            <StateBadge tone={isOverdue ? "bad" : "waiting"}>
              {isOverdue ? t("overdue") : t("decideSoon")}
            </StateBadge>
          </span>
          <span>
            {t("decideBy")} <OfficeInstant instant={decideBy} timeZone={run.timeZone} />
          </span>
        </>
      }
      actions={<Decide runId={run.id} />}
    >
      <p className="today-measure">
        <meter
          min={0}
          max={Math.max(minPlaces, 1)}
          value={Math.min(bookedPlaces, minPlaces)}
          aria-label={t("booked")}
        />
        <span className="figures">
          {t("bookedOf", { booked: String(bookedPlaces), minimum: String(minPlaces) })}
        </span>
      </p>
    </TodayItem>
  );
}

/** The decision, once it was shown what it means. The date is read anew for it: others decide, too. */
function Decide({ runId }: { runId: string }) {
  const t = useTranslations("officeToday");
  const may = useMay();
  const api = useApi();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const words = useAccountWords();
  const [open, setOpen] = useState<{ kind: "confirm" | "cancel"; run: RunForStaff }>();
  const [isOpening, setIsOpening] = useState<"confirm" | "cancel">();
  if (!may("runs.write")) return null;
  async function begin(kind: "confirm" | "cancel"): Promise<void> {
    setIsOpening(kind);
    try {
      const options = api.runs.forStaff.queryOptions({ id: runId }, { staleTime: 0 });
      setOpen({ kind, run: await queryClient.fetchQuery(options) });
    } catch (error) {
      undo.alert(words(error));
    } finally {
      setIsOpening(undefined);
    }
  }
  function close(): void {
    setOpen(undefined);
    void queryClient.invalidateQueries(api.runs.undecided.infiniteQueryFilter());
    void queryClient.invalidateQueries(api.runs.conflicts.infiniteQueryFilter());
  }
  return (
    <>
      <Button size="small" isBusy={isOpening === "confirm"} onClick={() => void begin("confirm")}>
        {t("confirm")}
      </Button>
      <Button
        size="small"
        variant="outline"
        isBusy={isOpening === "cancel"}
        onClick={() => void begin("cancel")}
      >
        {t("cancel")}
      </Button>
      {open?.kind === "confirm" ? <ConfirmRunDialog run={open.run} onClose={close} /> : null}
      {open?.kind === "cancel" ? <CancelDialog run={open.run} onClose={close} /> : null}
    </>
  );
}
