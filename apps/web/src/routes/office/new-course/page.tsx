import { useTranslations } from "use-intl";
import { NoPermission } from "../../../office/no-permission.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficePage } from "../../../office/office-page.tsx";
import { NewCourseForm } from "./new-course-form.tsx";

/** Where a course begins: with a title. Everything else is written in the editor. */
export function NewCoursePage() {
  const t = useTranslations("officeCourses");
  const may = useMay();
  if (!may("courses.write")) return <NoPermission permission="courses.write" />;
  return (
    <OfficePage title={t("new")} lede={t("newLede")}>
      <NewCourseForm />
    </OfficePage>
  );
}
