import { SUMMARY_FITS } from "@lectern/contract/course-editing";
import { useTranslations } from "use-intl";
import { AreaField, LineField } from "../../../editing/editing-field.tsx";
import { LinesField } from "../../../editing/lines-field.tsx";
import { MarkdownField } from "../../../editing/markdown-field.tsx";
import { SyllabusField } from "../../../editing/syllabus-field.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import type { PartProps } from "./part.ts";

/** The contract's limits. */
export const BODY_MAX = 50_000;
export const LINES_MAX = 30;

/** What readers read, in the course's own language. */
export function TextPart({ text, change, problems, isReadOnly }: PartProps) {
  const t = useTranslations("officeCourses");
  const lang = text.contentLanguage;
  const own = { lang, isReadOnly };
  return (
    <>
      <LineField
        {...own}
        label={t("field_title")}
        problem={problems.get("title")}
        value={text.title}
        onChange={(title) => change({ title })}
      />
      <AreaField
        {...own}
        label={t("field_summary")}
        hint={t("summaryHint", { min: SUMMARY_FITS.min, max: SUMMARY_FITS.max })}
        problem={problems.get("summary")}
        max={SUMMARY_FITS.max}
        value={text.summary}
        onChange={(summary) => change({ summary })}
      />
      <MarkdownField
        {...own}
        label={t("field_body")}
        hint={t("bodyHint")}
        problem={problems.get("body")}
        max={BODY_MAX}
        value={text.body}
        onChange={(body) => change({ body })}
      />
      <RecordSection title={t("field_syllabus")}>
        <SyllabusField
          {...own}
          problem={problems.get("syllabus")}
          modules={text.syllabus}
          onChange={(syllabus) => change({ syllabus })}
        />
      </RecordSection>
      <LinesField
        {...own}
        label={t("field_outcomes")}
        hint={t("outcomesHint")}
        problem={problems.get("outcomes")}
        nameOf={(number) => t("outcome", { number })}
        add={t("addOutcome")}
        lines={text.outcomes}
        onChange={(outcomes) => change({ outcomes: [...outcomes] })}
        most={LINES_MAX}
      />
      <LinesField
        {...own}
        label={t("field_prerequisites")}
        problem={problems.get("prerequisites")}
        nameOf={(number) => t("prerequisite", { number })}
        add={t("addPrerequisite")}
        lines={text.prerequisites}
        onChange={(prerequisites) => change({ prerequisites: [...prerequisites] })}
        most={LINES_MAX}
      />
    </>
  );
}
