import type { CourseForEditing, TranslatedField } from "@lectern/contract/course-editing";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { DiffView } from "../../../editing/diff-view.tsx";
import { AreaField, LineField } from "../../../editing/editing-field.tsx";
import { LinesField } from "../../../editing/lines-field.tsx";
import { MarkdownField } from "../../../editing/markdown-field.tsx";
import { SyllabusField } from "../../../editing/syllabus-field.tsx";
import { languageName } from "../../../format/names.ts";
import { StateBadge } from "../../../office/state-badge.tsx";
import { type CourseText, type TranslationText, linesOf, translationKey } from "./course-text.ts";
import { BODY_MAX, LINES_MAX } from "./text-part.tsx";
import "./translation-sides.css";

interface TranslationSidesProps {
  readonly course: CourseForEditing;
  readonly text: CourseText;
  readonly language: string;
  readonly problem: string | undefined;
  readonly isReadOnly: boolean;
  readonly onChange: (translation: TranslationText) => void;
}

/** The course's own words on the left, the translation on the right, field by field. */
export function TranslationSides(props: TranslationSidesProps) {
  const { course, text, language, problem, isReadOnly, onChange } = props;
  const t = useTranslations("officeCourses");
  const translation = text[translationKey(language)];
  const saved = course.translations.find((one) => one.language === language);
  if (translation == null) return null;
  const outdated = saved?.outdated ?? [];
  const change = (changes: Partial<TranslationText>) => onChange({ ...translation, ...changes });
  const own = { lang: language, isReadOnly };
  const label = (field: TranslatedField) =>
    t("fieldIn", { field: t(`field_${field}`), language: languageName(language) });
  const side = (field: TranslatedField, children: ReactNode) => (
    <Side
      course={course}
      field={field}
      text={text}
      isMissing={linesOf(translation[field]).trim() === ""}
      isOld={outdated.includes(field) && !translation.isChecked}
      sourceVersion={saved?.sourceVersion ?? null}
    >
      {children}
    </Side>
  );
  return (
    <div className="translation-sides">
      {problem === undefined ? null : <p className="editing-field-problem">{problem}</p>}
      {side(
        "title",
        <LineField
          {...own}
          label={label("title")}
          value={translation.title}
          onChange={(title) => change({ title })}
        />,
      )}
      {side(
        "summary",
        <AreaField
          {...own}
          label={label("summary")}
          value={translation.summary}
          onChange={(summary) => change({ summary })}
        />,
      )}
      {side(
        "body",
        <MarkdownField
          {...own}
          label={label("body")}
          max={BODY_MAX}
          isPreviewedFirst={false}
          value={translation.body}
          onChange={(body) => change({ body })}
        />,
      )}
      {side(
        "syllabus",
        <SyllabusField
          {...own}
          modules={translation.syllabus}
          onChange={(syllabus) => change({ syllabus })}
        />,
      )}
      {side(
        "outcomes",
        <LinesField
          {...own}
          label={label("outcomes")}
          nameOf={(number) => t("outcome", { number })}
          add={t("addOutcome")}
          lines={translation.outcomes}
          onChange={(outcomes) => change({ outcomes: [...outcomes] })}
          most={LINES_MAX}
        />,
      )}
      {side(
        "prerequisites",
        <LinesField
          {...own}
          label={label("prerequisites")}
          nameOf={(number) => t("prerequisite", { number })}
          add={t("addPrerequisite")}
          lines={translation.prerequisites}
          onChange={(prerequisites) => change({ prerequisites: [...prerequisites] })}
          most={LINES_MAX}
        />,
      )}
      {outdated.length === 0 || isReadOnly ? null : (
        <label className="translation-sides-checked">
          <input
            type="checkbox"
            checked={translation.isChecked}
            onChange={({ target }) => change({ isChecked: target.checked })}
          />
          {t("translationChecked")}
        </label>
      )}
    </div>
  );
}

interface SideProps {
  readonly course: CourseForEditing;
  readonly field: TranslatedField;
  readonly text: CourseText;
  readonly isMissing: boolean;
  /** Whether the course says it otherwise since. */
  readonly isOld: boolean;
  readonly sourceVersion: number | null;
  readonly children: ReactNode;
}

function Side(props: SideProps) {
  const { course, field, text, isMissing, isOld, sourceVersion, children } = props;
  const t = useTranslations("officeCourses");
  const [isCompared, setIsCompared] = useState(false);
  const source = linesOf(text[field]);
  // What nobody has written, nobody has to translate.
  if (source.trim() === "" && isMissing) return null;
  return (
    <section className="translation-sides-field" aria-label={t(`field_${field}`)}>
      <div className="translation-sides-source">
        <p className="translation-sides-name">
          {t(`field_${field}`)}
          {isMissing ? <StateBadge tone="bad">{t("translationMissing")}</StateBadge> : null}
          {isOld ? <StateBadge tone="waiting">{t("translationOld")}</StateBadge> : null}
        </p>
        {isOld && sourceVersion !== null ? (
          <p>
            <button
              type="button"
              className="translation-sides-toggle"
              aria-expanded={isCompared}
              onClick={() => setIsCompared(!isCompared)}
            >
              {t("translationWhat")}
            </button>
          </p>
        ) : null}
        {isCompared && sourceVersion !== null ? (
          <SourceChange course={course} version={sourceVersion} field={field} now={source} />
        ) : (
          <div className="translation-sides-text" lang={text.contentLanguage}>
            {source}
          </div>
        )}
      </div>
      <div>{children}</div>
    </section>
  );
}

/** What changed in the course's own words since they were translated. */
function SourceChange(props: {
  readonly course: CourseForEditing;
  readonly version: number;
  readonly field: TranslatedField;
  readonly now: string;
}) {
  const { course, version, field, now } = props;
  const api = useApi();
  const { data } = useQuery(api.courses.version.queryOptions({ id: course.id, version }));
  if (data === undefined) return null;
  const before = linesOf(data.snapshot[field]);
  return <DiffView before={before} after={now} lang={course.contentLanguage} />;
}
