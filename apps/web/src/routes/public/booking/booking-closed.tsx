import type { RunDetail } from "@lectern/contract/runs";
import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";

/** The date can't be booked: why, and where to go. What is only sold out has a waiting list. */
export function BookingClosed({ run }: { run: RunDetail }) {
  const t = useTranslations("booking");
  const { bookability, course } = run;
  if (bookability === "open" || bookability === "sold_out") return null;
  return (
    <EmptyState title={t(`closedTitle_${bookability}`)} words={t("closedWords")}>
      <LinkButton to="/courses/$slug" params={{ slug: course.slug }} hash="dates">
        {t("otherDates")}
      </LinkButton>
      <LinkButton to="/contact" search={{ course: course.slug }} variant="outline">
        {t("ask")}
      </LinkButton>
    </EmptyState>
  );
}
