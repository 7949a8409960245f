import type { CheckedCourse, CourseForEditing } from "@lectern/contract/course-editing";
import { useTranslations } from "use-intl";
import { RecordSection } from "../../../office/record-page.tsx";
import "./course-checks.css";

interface CourseChecksProps {
  readonly course: CourseForEditing;
  readonly isDirty: boolean;
}

/** What a course has to have, and what it should, before readers see it. */
export function CourseChecks({ course, isDirty }: CourseChecksProps) {
  const t = useTranslations("officeCourses");
  return (
    <RecordSection title={course.status === "published" ? t("checksOut") : t("checks")}>
      {course.checks.every(({ isMet }) => isMet) ? (
        <p>{t("checksAllMet")}</p>
      ) : (
        <CheckList checks={course.checks} />
      )}
      {isDirty ? <p className="aside-note">{t("checksSaved")}</p> : null}
      {course.isImported ? <p className="aside-note">{t("imported")}</p> : null}
    </RecordSection>
  );
}

/** Each check, and whether it is met. */
export function CheckList({ checks }: { checks: CheckedCourse }) {
  const t = useTranslations("officeCourses");
  return (
    <ul className="course-checks">
      {checks.map(({ check, isRequired, isMet }) => (
        <li key={check} data-met={isMet} data-required={isRequired}>
          <span>{t(`check_${check}`)}</span>
          <span className="course-checks-how">
            {isMet ? t("checkMet") : isRequired ? t("checkRequired") : t("checkAdvised")}
          </span>
        </li>
      ))}
    </ul>
  );
}
