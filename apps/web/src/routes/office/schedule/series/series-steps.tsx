import { useTranslations } from "use-intl";
import { STEPS, type Step } from "./series-plan.ts";

/** The steps, those behind to go back to. */
export function SeriesSteps({ step, onStep }: { step: Step; onStep: (step: Step) => void }) {
  const t = useTranslations("officeSchedule");
  const now = STEPS.indexOf(step);
  return (
    <ol className="series-steps">
      {STEPS.map((one, index) => (
        <li key={one} aria-current={one === step ? "step" : undefined} data-past={index < now}>
          {index < now ? (
            <button type="button" onClick={() => onStep(one)}>
              {t(`step_${one}`)}
            </button>
          ) : (
            t(`step_${one}`)
          )}
        </li>
      ))}
    </ol>
  );
}
