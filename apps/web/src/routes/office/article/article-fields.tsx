import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { AreaField, ChoiceField, LineField } from "../../../editing/editing-field.tsx";
import { languageChoices } from "../../../editing/languages.ts";
import { MarkdownField } from "../../../editing/markdown-field.tsx";
import type { ArticleText } from "./article-text.ts";

interface ArticleFieldsProps {
  readonly text: ArticleText;
  readonly change: (changes: Partial<ArticleText>) => void;
  /** What is wrong, by field. */
  readonly problems: ReadonlyMap<string, string>;
}

/** The contract's limits. */
const BODY_MAX = 100_000;
const SUMMARY_MAX = 1000;

/** All that is written of an article. */
export function ArticleFields({ text, change, problems }: ArticleFieldsProps) {
  const t = useTranslations("officeArticles");
  const topics = useQuery(useApi().courses.topics.queryOptions());
  const lang = text.language;
  return (
    <>
      <LineField
        label={t("field_title")}
        problem={problems.get("title")}
        lang={lang}
        value={text.title}
        onChange={(title) => change({ title })}
      />
      <AreaField
        label={t("field_summary")}
        hint={t("summaryHint")}
        problem={problems.get("summary")}
        max={SUMMARY_MAX}
        lang={lang}
        value={text.summary}
        onChange={(summary) => change({ summary })}
      />
      <MarkdownField
        label={t("field_body")}
        hint={t("bodyHint")}
        problem={problems.get("body")}
        max={BODY_MAX}
        lang={lang}
        topHeading={2}
        value={text.body}
        onChange={(body) => change({ body })}
      />
      <LineField
        label={t("field_author")}
        problem={problems.get("author")}
        value={text.author}
        onChange={(author) => change({ author })}
      />
      <LineField
        label={t("field_slug")}
        hint={t("slugHint")}
        problem={problems.get("slug")}
        value={text.slug}
        onChange={(slug) => change({ slug })}
      />
      <ChoiceField
        label={t("field_topic")}
        problem={problems.get("topic")}
        value={text.topic}
        onChange={(topic) => change({ topic })}
      >
        <option value="">{t("topicNone")}</option>
        {(topics.data?.topics ?? []).map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField
        label={t("field_language")}
        problem={problems.get("language")}
        value={text.language}
        onChange={(language) => change({ language })}
      >
        {languageChoices([text.language]).map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </ChoiceField>
    </>
  );
}
