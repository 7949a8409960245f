import { type RouterInputs, isLecternError } from "@lectern/client";
import { RunsPreviewSeriesInput } from "@lectern/contract/scheduling";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { Loaded } from "../../../../account/loaded.tsx";
import { useCall } from "../../../../account/use-call.ts";
import { Button } from "../../../../components/button.tsx";
import { useFocusOnChange } from "../../../../components/use-focus.ts";
import { useApi } from "../../../../data/api.ts";
import { oneFilter } from "../../../../office/address-filters.ts";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { CourseFields, PlaceFields, PlanPart, SaleFields, SittingFields } from "../plan-fields.tsx";
import type { SchedulingOptions } from "../resource-rows.tsx";
import { usePlanningWords } from "../use-move.ts";
import { usePlanProblems } from "../use-plan-problems.ts";
import { SeriesDone } from "./series-done.tsx";
import {
  STEPS,
  type SeriesPlan,
  type Step,
  emptySeriesPlan,
  isOfStep,
  previewInput,
  seriesInput,
} from "./series-plan.ts";
import { SeriesPreviewTable } from "./series-preview-table.tsx";
import { SeriesSteps } from "./series-steps.tsx";
import { StartFields, TermFields } from "./start-fields.tsx";
import "./page.css";

const FILTERS = z.object({ step: oneFilter(z.enum(STEPS)) });

async function loadShape() {
  return (await import("@lectern/contract/scheduling")).RunsScheduleSeriesInput;
}

/** A series, step by step. The step stands in the address; what is typed stays, whatever step is shown. */
export function SeriesWizard({ options }: { options: SchedulingOptions }) {
  const t = useTranslations("officeSchedule");
  const api = useApi();
  const router = useRouter();
  const queryClient = useQueryClient();
  const words = usePlanningWords();
  const { filters } = useAddressFilters(FILTERS);
  const form = useRef<HTMLFormElement>(null);
  const [plan, setPlan] = useState<SeriesPlan>(emptySeriesPlan);
  const [unwanted, setUnwanted] = useState<ReadonlySet<string>>(new Set());
  const { problems, check, showRefusal } = usePlanProblems(form);
  const scheduling = useCall(api.runs.scheduleSeries.mutationOptions());
  const step = stepAt(filters.step, plan, scheduling.data !== undefined);
  const heading = useFocusOnChange<HTMLHeadingElement>(step);

  const change = (changes: Partial<SeriesPlan>) => setPlan((old) => ({ ...old, ...changes }));
  const fields = { plan, onChange: change, problems };
  const asked = RunsPreviewSeriesInput.safeParse(previewInput(plan, options));
  const preview = useQuery(
    api.runs.previewSeries.queryOptions(asked.success ? asked.data : EMPTY, {
      enabled: step === "preview" && asked.success,
      placeholderData: keepPreviousData,
      gcTime: 0,
      retry: false,
    }),
  );
  const dates = preview.data?.runs ?? [];
  const chosen = dates.filter(({ start, isPossible }) => isPossible && !unwanted.has(start));
  const isChecked = !preview.isFetching && !preview.isPlaceholderData;

  async function goTo(next: Step): Promise<void> {
    await router.navigate({ href: `/office/schedule/series?step=${next}` });
  }
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const index = STEPS.indexOf(step);
    const wish = seriesInput(
      plan,
      options,
      chosen.length > 0 ? chosen.map(({ start }) => start) : [plan.from],
    );
    const input = await check(
      loadShape,
      { ...wish, idempotencyKey: scheduling.keyOf(wish) },
      (path) => step === "preview" || isOfStep(step, path),
    );
    if (input === undefined) return;
    if (step !== "preview") {
      await goTo(STEPS[index + 1] ?? step);
      return;
    }
    if (input === true || chosen.length === 0 || !isChecked) return;
    try {
      await scheduling.mutateAsync(input);
      void queryClient.invalidateQueries(api.runs.calendar.pathFilter());
      await goTo("done");
    } catch (error) {
      showRefusal(error);
      void preview.refetch();
    }
  }
  if (step === "done" && scheduling.data !== undefined) {
    return (
      <SeriesDone
        runs={scheduling.data.runs}
        onAnother={() => {
          scheduling.reset();
          setUnwanted(new Set());
          void goTo("course");
        }}
      />
    );
  }
  return (
    <form ref={form} className="series" noValidate onSubmit={(event) => void send(event)}>
      <SeriesSteps step={step} onStep={(next) => void goTo(next)} />
      <h2 ref={heading} tabIndex={-1}>
        {t("step", {
          step: STEPS.indexOf(step) + 1,
          count: STEPS.length,
          name: t(`step_${step}`),
        })}
      </h2>
      {step === "course" ? (
        <>
          <CourseFields {...fields} />
          <PlanPart title={t("partSale")}>
            <SaleFields {...fields} />
            <TermFields {...fields} />
          </PlanPart>
        </>
      ) : null}
      {step === "place" ? <PlaceFields {...fields} options={options} /> : null}
      {step === "pattern" ? (
        <>
          <StartFields {...fields} />
          <PlanPart title={t("partDays")}>
            <SittingFields {...fields} />
          </PlanPart>
        </>
      ) : null}
      {step === "preview" ? (
        <Loaded query={preview}>
          {({ runs }) => (
            <SeriesPreviewTable
              runs={runs}
              unwanted={unwanted}
              isBusy={!isChecked}
              onWanted={(start, isWanted) =>
                setUnwanted((old) => {
                  const next = new Set(old);
                  if (isWanted) next.delete(start);
                  else next.add(start);
                  return next;
                })
              }
            />
          )}
        </Loaded>
      ) : null}
      <CallFailure
        call={scheduling}
        words={(failure) =>
          isLecternError(failure, "ScheduleConflict")
            ? t("taken", { what: words(failure) })
            : undefined
        }
      />
      <p className="series-actions">
        {step === "course" ? null : (
          <Button
            variant="outline"
            onClick={() => void goTo(STEPS[STEPS.indexOf(step) - 1] ?? step)}
          >
            {t("back")}
          </Button>
        )}
        {step === "preview" ? (
          <Button
            type="submit"
            isBusy={scheduling.isPending || !isChecked}
            isDisabled={chosen.length === 0}
          >
            {scheduling.isPending ? t("scheduling") : t("seriesSchedule", { count: chosen.length })}
          </Button>
        ) : (
          <Button type="submit">{t("next")}</Button>
        )}
      </p>
    </form>
  );
}

/** @returns the step that is shown: none is skipped that something depends on */
function stepAt(wanted: Step | undefined, plan: SeriesPlan, isDone: boolean): Step {
  if (plan.courseId === "") return "course";
  if (wanted === "done" && !isDone) return "preview";
  return wanted ?? "course";
}

/** Of a query that is not asked. */
const EMPTY: RouterInputs["runs"]["previewSeries"] = {
  deliveryMode: "virtual",
  timeZone: "UTC",
  capacity: 0,
  starts: { kind: "dates", dates: ["2000-01-01"] },
  pattern: { sessions: 1, start: "09:00", end: "10:00" },
};
