import { COURSE_LEVELS, CourseLevel, DELIVERY_MODES } from "@lectern/contract/vocabulary";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { LEVEL_WORDS, MODE_WORDS } from "../../../components/words.ts";
import { useApi } from "../../../data/api.ts";
import { ChoiceField, LineField, TicksField } from "../../../editing/editing-field.tsx";
import { languageChoices } from "../../../editing/languages.ts";
import { PickField } from "../../../editing/pick-field.tsx";
import type { PartProps } from "./part.ts";
import { RelatedField } from "./related-field.tsx";

const TOPICS_MAX = 20;
const LANGUAGES_MAX = 20;

/** How a course stands in the catalogue: by what it is found, and what it is offered as. */
export function CataloguePart({ text, change, problems, isReadOnly }: PartProps) {
  const t = useTranslations();
  const api = useApi();
  const topics = useQuery(api.courses.topics.queryOptions());
  return (
    <>
      <LineField
        label={t("officeCourses.field_code")}
        problem={problems.get("code")}
        isReadOnly={isReadOnly}
        value={text.code}
        onChange={(code) => change({ code })}
      />
      <LineField
        label={t("officeCourses.field_slug")}
        hint={t("officeCourses.slugHint")}
        problem={problems.get("slug")}
        isReadOnly={isReadOnly}
        value={text.slug}
        onChange={(slug) => change({ slug })}
      />
      <ChoiceField
        label={t("officeCourses.field_level")}
        isReadOnly={isReadOnly}
        value={text.level ?? ""}
        onChange={(level) => change({ level: CourseLevel.safeParse(level).data ?? null })}
      >
        <option value="">{t("officeCourses.levelNone")}</option>
        {COURSE_LEVELS.map((level) => (
          <option key={level} value={level}>
            {t(LEVEL_WORDS[level])}
          </option>
        ))}
      </ChoiceField>
      <LineField
        label={t("officeCourses.field_durationDays")}
        hint={t("officeCourses.durationHint")}
        problem={problems.get("durationDays")}
        inputMode="decimal"
        isReadOnly={isReadOnly}
        value={text.durationDays}
        onChange={(durationDays) => change({ durationDays })}
      />
      <PickField
        label={t("officeCourses.field_topics")}
        hint={t("officeCourses.topicsHint")}
        problem={problems.get("topics")}
        isReadOnly={isReadOnly}
        chosen={text.topics}
        choices={(topics.data?.topics ?? []).map(({ slug, name }) => ({
          value: slug,
          words: name,
        }))}
        add={t("officeCourses.addTopic")}
        onChange={(chosen) => change({ topics: [...chosen] })}
        most={TOPICS_MAX}
      />
      <TicksField
        label={t("officeCourses.field_deliveryModes")}
        problem={problems.get("deliveryModes")}
        isReadOnly={isReadOnly}
        choices={DELIVERY_MODES.map((mode) => ({ value: mode, words: t(MODE_WORDS[mode]) }))}
        chosen={text.deliveryModes}
        onChange={(modes) => change({ deliveryModes: [...modes] })}
      />
      <PickField
        label={t("officeCourses.field_languages")}
        problem={problems.get("languages")}
        isReadOnly={isReadOnly}
        chosen={text.languages}
        choices={languageChoices(text.languages)}
        add={t("officeCourses.addLanguage")}
        onChange={(languages) => change({ languages: [...languages] })}
        most={LANGUAGES_MAX}
      />
      <ChoiceField
        label={t("officeCourses.field_contentLanguage")}
        problem={problems.get("contentLanguage")}
        isReadOnly={isReadOnly}
        value={text.contentLanguage}
        onChange={(contentLanguage) => change({ contentLanguage })}
      >
        {languageChoices([text.contentLanguage]).map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </ChoiceField>
      <LineField
        label={t("officeCourses.field_keywords")}
        hint={t("officeCourses.keywordsHint")}
        problem={problems.get("keywords")}
        isReadOnly={isReadOnly}
        value={text.keywords}
        onChange={(keywords) => change({ keywords })}
      />
      <RelatedField
        own={text.slug}
        problem={problems.get("related")}
        isReadOnly={isReadOnly}
        related={text.related}
        onChange={(related) => change({ related })}
      />
    </>
  );
}
