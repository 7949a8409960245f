import { isLecternError } from "@lectern/client";
import type { ArticleForEditing } from "@lectern/contract/articles";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EditingFoot } from "../../../editing/editing-foot.tsx";
import { LeaveGuard } from "../../../editing/leave-guard.tsx";
import { MeanwhilePanel } from "../../../editing/meanwhile-panel.tsx";
import { SaveBar } from "../../../editing/save-bar.tsx";
import { useEdit } from "../../../editing/use-edit.ts";
import { useSavedBy } from "../../../editing/use-saved-by.ts";
import { formatInstant } from "../../../format/dates.ts";
import { useOfficeMe } from "../../../office/office-me.ts";
import { RecordPage } from "../../../office/record-page.tsx";
import { ArticleActions } from "./article-actions.tsx";
import { ArticleBadge } from "./article-badge.tsx";
import { ArticleFields } from "./article-fields.tsx";
import { ArticlePreview } from "./article-preview.tsx";
import { type ArticleText, readArticleText, toArticleText } from "./article-text.ts";
import { useSaveArticle } from "./use-save-article.ts";
import "./article-editor.css";

const FIELDS = ["title", "slug", "summary", "body", "author", "language", "topic"] as const;

/** An article that is written: its text, what is not saved yet, and its way to the readers. */
export function ArticleEditor({ article }: { article: ArticleForEditing }) {
  const t = useTranslations("officeArticles");
  const me = useOfficeMe();
  const savedBy = useSavedBy();
  const saved = useMemo(() => toArticleText(article), [article]);
  const edit = useEdit({
    what: `article-${article.id}`,
    personId: me.id,
    saved,
    version: article.version,
    read: readArticleText,
  });
  const { save, problems, call } = useSaveArticle(article, edit);
  const isDirty = edit.changed.length > 0;
  const { content } = edit;
  return (
    <div className="article-editor">
      <LeaveGuard isDirty={isDirty} isKept={edit.isKept} onDiscard={edit.discard} />
      <RecordPage
        title={content.title.trim() === "" ? t("untitled") : content.title}
        back={{ href: "/office/articles", words: t("title") }}
        badge={<ArticleBadge state={article.state} />}
        facts={<ArticleFacts article={article} />}
        actions={<ArticleActions article={article} isDirty={isDirty} save={save} />}
        tabs={[
          {
            id: "text",
            words: t("part_text"),
            content: () => (
              <ArticleFields text={content} change={edit.change} problems={problems} />
            ),
          },
          {
            id: "preview",
            words: t("part_preview"),
            content: () => <ArticlePreview article={article} text={content} />,
          },
        ]}
      />
      <EditingFoot>
        {isDirty && edit.seenVersion !== article.version ? (
          <MeanwhilePanel<ArticleText>
            edit={edit}
            saved={saved}
            nameOf={(key) => t(`field_${key}`)}
            textOf={(text, key) => text[key]}
            who={
              article.updatedBy === null ? null : (
                <p>
                  {t("savedBy", {
                    who: savedBy(article.updatedBy),
                    when: formatInstant(article.updatedAt),
                  })}
                </p>
              )
            }
          />
        ) : null}
        {isLecternError(call.error, "Conflict") ? null : <CallFailure call={call} />}
        <SaveBar
          edit={edit}
          isSaving={call.isPending}
          wrong={FIELDS.filter((field) => problems.has(field)).map((field) => t(`field_${field}`))}
          onSave={() => void save()}
        />
      </EditingFoot>
    </div>
  );
}

function ArticleFacts({ article }: { article: ArticleForEditing }) {
  const t = useTranslations("officeArticles");
  const savedBy = useSavedBy();
  const { state, publishedAt, updatedAt, updatedBy, readingMinutes } = article;
  return (
    <>
      {publishedAt === null ? null : (
        <span>
          {t(state === "scheduled" ? "goesOutAt" : "outAt", { when: formatInstant(publishedAt) })}
        </span>
      )}
      <span>{t("minutes", { count: readingMinutes })}</span>
      <span>
        {updatedBy === null
          ? t("changedAt", { when: formatInstant(updatedAt) })
          : t("changedBy", { when: formatInstant(updatedAt), who: savedBy(updatedBy) })}
      </span>
    </>
  );
}
