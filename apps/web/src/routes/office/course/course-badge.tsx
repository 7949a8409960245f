import type { CourseStatus } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";

const TONES: Readonly<Record<CourseStatus, Tone>> = {
  draft: "neutral",
  in_review: "waiting",
  published: "good",
  retired: "over",
};

/** How far a course has come. */
export function CourseBadge({ status }: { status: CourseStatus }) {
  const t = useTranslations("officeCourses");
  return <StateBadge tone={TONES[status]}>{t(`status_${status}`)}</StateBadge>;
}
