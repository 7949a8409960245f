import { useTranslations } from "use-intl";
import "./booking-steps.css";

const STEPS = ["places", "details", "done"] as const;
const WORDS = { places: "stepPlaces", details: "stepDetails", done: "stepDone" } as const;

/** Where one is on the way to a booking. */
export function BookingSteps({ current }: { current: (typeof STEPS)[number] }) {
  const t = useTranslations("booking");
  return (
    <ol className="booking-steps" aria-label={t("steps")}>
      {STEPS.map((step) => (
        <li key={step} {...(step === current && { "aria-current": "step" as const })}>
          {t(WORDS[step])}
        </li>
      ))}
    </ol>
  );
}
