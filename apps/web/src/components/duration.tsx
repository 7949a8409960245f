import { useTranslations } from "use-intl";

/** How long a course takes: whole and half days. */
export function Duration({ days }: { days: number }) {
  const t = useTranslations("course");
  return days === 0.5 ? t("halfDay") : t("days", { days });
}
