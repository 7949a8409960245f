import type { CourseForEditing } from "@lectern/contract/course-editing";
import { Suspense, lazy, useState } from "react";
import { useTranslations } from "use-intl";
import { languageName } from "../../../format/names.ts";
import { type CourseText, translatedInto } from "./course-text.ts";
import "./preview-part.css";

/** The course's public page comes with what it needs: most who write do not look at it each time. */
const CoursePreview = lazy(async () => {
  const { CoursePreview: preview } = await import("./course-preview.tsx");
  return { default: preview };
});

interface PreviewPartProps {
  readonly course: CourseForEditing;
  readonly text: CourseText;
}

/** The course as its readers would see it, with what is not saved yet. */
export function PreviewPart({ course, text }: PreviewPartProps) {
  const t = useTranslations("officeCourses");
  const languages = [text.contentLanguage, ...translatedInto(text)];
  const [chosen, setChosen] = useState(text.contentLanguage);
  const language = languages.includes(chosen) ? chosen : text.contentLanguage;
  return (
    <div className="preview-part">
      <div className="preview-part-head">
        <p className="aside-note">{t("previewWords")}</p>
        {languages.length < 2 ? null : (
          <select
            className="select"
            aria-label={t("previewLanguage")}
            value={language}
            onChange={({ target }) => setChosen(target.value)}
          >
            {languages.map((tag) => (
              <option key={tag} value={tag}>
                {languageName(tag)}
              </option>
            ))}
          </select>
        )}
      </div>
      <div className="preview-part-page">
        <Suspense fallback={<p role="status">{t("previewLoading")}</p>}>
          <CoursePreview course={course} text={text} language={language} />
        </Suspense>
      </div>
    </div>
  );
}
