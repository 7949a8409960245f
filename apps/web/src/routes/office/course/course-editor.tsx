import { isLecternError } from "@lectern/client";
import type { CourseForEditing } from "@lectern/contract/course-editing";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EditingFoot } from "../../../editing/editing-foot.tsx";
import { LeaveGuard } from "../../../editing/leave-guard.tsx";
import { SaveBar } from "../../../editing/save-bar.tsx";
import { useEdit } from "../../../editing/use-edit.ts";
import { useSavedBy } from "../../../editing/use-saved-by.ts";
import { formatInstant } from "../../../format/dates.ts";
import { textFilter } from "../../../office/address-filters.ts";
import { useMay, useOfficeMe } from "../../../office/office-me.ts";
import { RecordPage } from "../../../office/record-page.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { CourseActions } from "./course-actions.tsx";
import { CourseBadge } from "./course-badge.tsx";
import { CourseChecks } from "./course-checks.tsx";
import { readCourseText, toCourseText } from "./course-text.ts";
import { CourseMeanwhile } from "./course-meanwhile.tsx";
import { CataloguePart } from "./catalogue-part.tsx";
import { PreviewPart } from "./preview-part.tsx";
import { TextPart } from "./text-part.tsx";
import { TranslationsPart } from "./translations-part.tsx";
import { VersionsPart } from "./versions-part.tsx";
import { useFieldNames } from "./use-field-names.ts";
import { useSaveCourse } from "./use-save-course.ts";
import "./course-editor.css";

/** The part that is shown, as `RecordPage` has it. */
const SHOWN = z.object({ tab: textFilter(50) });

/** A course that is written: its parts, what is not saved yet, and its way to the readers. */
export function CourseEditor({ course }: { course: CourseForEditing }) {
  const t = useTranslations("officeCourses");
  const me = useOfficeMe();
  const may = useMay();
  const savedBy = useSavedBy();
  const nameOf = useFieldNames();
  const saved = useMemo(() => toCourseText(course), [course]);
  const edit = useEdit({
    what: `course-${course.id}`,
    personId: me.id,
    saved,
    version: course.version,
    read: readCourseText,
  });
  const { save, problems, note, setNote, call } = useSaveCourse(course, edit);
  const isReadOnly = !may("courses.write");
  const part = { text: edit.content, change: edit.change, problems, isReadOnly };
  const isDirty = edit.changed.length > 0;
  // Two sides of a translation, a page and a comparison take all the room there is.
  const { tab = "text" } = useAddressFilters(SHOWN).filters;
  const isBesideChecks = tab === "text" || tab === "catalogue";
  return (
    <div className="course-editor">
      <LeaveGuard isDirty={isDirty} isKept={edit.isKept} onDiscard={edit.discard} />
      <RecordPage
        title={edit.content.title.trim() === "" ? t("untitled") : edit.content.title}
        back={{ href: "/office/courses", words: t("title") }}
        badge={<CourseBadge status={course.status} />}
        facts={
          <>
            <span>{course.code}</span>
            <span>{t("dates", { count: course.upcomingRuns })}</span>
            <span>
              {course.updatedBy === null
                ? t("changedAt", { when: formatInstant(course.updatedAt) })
                : t("changedBy", {
                    when: formatInstant(course.updatedAt),
                    who: savedBy(course.updatedBy),
                  })}
            </span>
          </>
        }
        actions={<CourseActions course={course} isDirty={isDirty} save={save} />}
        {...(isBesideChecks && { side: <CourseChecks course={course} isDirty={isDirty} /> })}
        tabs={[
          { id: "text", words: t("part_text"), content: () => <TextPart {...part} /> },
          {
            id: "catalogue",
            words: t("part_catalogue"),
            content: () => <CataloguePart {...part} />,
          },
          {
            id: "translations",
            words: t("part_translations"),
            count: course.translations.length,
            content: () => <TranslationsPart {...part} course={course} />,
          },
          {
            id: "preview",
            words: t("part_preview"),
            content: () => <PreviewPart course={course} text={edit.content} />,
          },
          {
            id: "versions",
            words: t("part_versions"),
            content: () => (
              <VersionsPart course={course} isDirty={isDirty} isReadOnly={isReadOnly} />
            ),
          },
        ]}
      />
      <EditingFoot>
        {isDirty && edit.seenVersion !== course.version ? (
          <CourseMeanwhile key={course.version} course={course} edit={edit} saved={saved} />
        ) : null}
        {isLecternError(call.error, "Conflict") ? null : <CallFailure call={call} />}
        {isReadOnly ? null : (
          <SaveBar
            edit={edit}
            isSaving={call.isPending}
            wrong={[...problems.keys()].map(nameOf)}
            note={{ value: note, onChange: setNote }}
            onSave={() => void save()}
          />
        )}
      </EditingFoot>
    </div>
  );
}
