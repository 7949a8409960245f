import { isLecternError } from "@lectern/client";
import { ScheduleProposal } from "@lectern/contract/scheduling";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { useCall } from "../../../../account/use-call.ts";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { dateOf } from "../../../../format/dates.ts";
import { useUndo } from "../../../../office/undo.tsx";
import { type Plan, emptyPlan, saleOf, sittingsOf, teachingOf } from "../plan.ts";
import { PlanCheck } from "../plan-check.tsx";
import {
  CourseFields,
  InputField,
  PlaceFields,
  PlanPart,
  SaleFields,
  SittingFields,
} from "../plan-fields.tsx";
import type { SchedulingOptions } from "../resource-rows.tsx";
import { usePlanningWords } from "../use-move.ts";
import { usePlanProblems } from "../use-plan-problems.ts";
import "./new-run-form.css";

async function loadShape() {
  return (await import("@lectern/contract/runs")).RunScheduleInput;
}

interface NewRunFormProps {
  readonly day: string;
  /** The company that it is to be for alone. */
  readonly organisationId: string | undefined;
  /** The enquiry that it is to be quoted for, as soon as it is there. */
  readonly enquiryId: string | undefined;
  readonly options: SchedulingOptions;
}

/** One date of a course. What is in the way stands beside it, as it is filled in. */
export function NewRunForm({ day, organisationId, enquiryId, options }: NewRunFormProps) {
  const t = useTranslations("officeSchedule");
  const api = useApi();
  const router = useRouter();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const words = usePlanningWords();
  const form = useRef<HTMLFormElement>(null);
  const [plan, setPlan] = useState<Plan>(() => ({
    ...emptyPlan(day, organisationId),
    ...(enquiryId !== undefined && { visibility: "private" }),
  }));
  const { problems, check, showRefusal } = usePlanProblems(form);
  const scheduling = useCall(api.runs.schedule.mutationOptions());
  const change = (changes: Partial<Plan>) => setPlan((old) => ({ ...old, ...changes }));
  const fields = { plan, onChange: change, problems };

  const teaching = teachingOf(plan);
  const pattern = { ...sittingsOf(plan, options), from: plan.from };
  const proposal = ScheduleProposal.safeParse({ ...teaching, pattern });

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const wish = { ...teaching, ...saleOf(plan), courseId: plan.courseId, pattern };
    const input = await check(loadShape, { ...wish, idempotencyKey: scheduling.keyOf(wish) });
    if (input === undefined || input === true) return;
    try {
      const run = await scheduling.mutateAsync(input);
      void queryClient.invalidateQueries(api.runs.calendar.pathFilter());
      undo.say(t("scheduled", { course: plan.courseTitle }));
      await router.navigate({
        href:
          enquiryId === undefined
            ? `/office/schedule?date=${dateOf(run.startsAt)}`
            : `/office/enquiries/${enquiryId}?quote=new&run=${run.id}`,
      });
    } catch (error) {
      showRefusal(error);
      // What is in the way is shown as it is now.
      void queryClient.invalidateQueries(api.runs.checkSchedule.pathFilter());
    }
  }
  return (
    <form ref={form} className="new-run" noValidate onSubmit={(event) => void send(event)}>
      <div className="new-run-fields">
        <PlanPart title={t("partCourse")}>
          <CourseFields {...fields} />
        </PlanPart>
        <PlanPart title={t("partPlace")}>
          <PlaceFields {...fields} options={options} />
        </PlanPart>
        <PlanPart title={t("partDays")}>
          <InputField
            type="date"
            label={t("firstDay")}
            problem={problems.get("pattern.from")}
            value={plan.from}
            onChange={(from) => change({ from })}
          />
          <SittingFields {...fields} />
        </PlanPart>
        <PlanPart title={t("partSale")}>
          <SaleFields {...fields} />
        </PlanPart>
        <CallFailure
          call={scheduling}
          words={(failure) =>
            isLecternError(failure, "ScheduleConflict")
              ? t("taken", { what: words(failure) })
              : undefined
          }
        />
        <p>
          <Button type="submit" isBusy={scheduling.isPending}>
            {t(scheduling.isPending ? "scheduling" : "schedule")}
          </Button>
        </p>
      </div>
      <PlanCheck proposal={proposal.success ? proposal.data : undefined} />
    </form>
  );
}
