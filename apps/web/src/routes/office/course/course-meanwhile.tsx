import type { CourseForEditing } from "@lectern/contract/course-editing";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { MeanwhilePanel } from "../../../editing/meanwhile-panel.tsx";
import type { Editing } from "../../../editing/use-edit.ts";
import { useSavedBy } from "../../../editing/use-saved-by.ts";
import { formatInstant } from "../../../format/dates.ts";
import { formatList } from "../../../format/names.ts";
import { type CourseText, linesOf } from "./course-text.ts";
import { useFieldNames } from "./use-field-names.ts";

interface CourseMeanwhileProps {
  readonly course: CourseForEditing;
  readonly edit: Editing<CourseText>;
  readonly saved: CourseText;
}

/** Who changed what of a course since it was read. */
export function CourseMeanwhile({ course, edit, saved }: CourseMeanwhileProps) {
  const t = useTranslations("officeCourses");
  const api = useApi();
  const nameOf = useFieldNames();
  const savedBy = useSavedBy();
  // Asked for anew each time that somebody saved: the editor shows this once for each version.
  const versions = useQuery(
    api.courses.versions.queryOptions({ id: course.id, limit: 20 }, { staleTime: 0 }),
  );
  const since = (versions.data?.items ?? []).filter(({ version }) => version > edit.seenVersion);
  return (
    <MeanwhilePanel
      edit={edit}
      saved={saved}
      nameOf={nameOf}
      textOf={(content, key) => linesOf(content[key])}
      who={
        <ul>
          {since.map((one) => (
            <li key={one.version}>
              {t("savedVersion", {
                who: savedBy(one.savedBy),
                when: formatInstant(one.savedAt),
                what: formatList(one.changed.map(nameOf)) || t(`action_${one.action}`),
              })}
              {one.note === "" || one.action === "restore" ? null : <> “{one.note}”</>}
            </li>
          ))}
        </ul>
      }
    />
  );
}
