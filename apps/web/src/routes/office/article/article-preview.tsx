import type { ArticleForEditing } from "@lectern/contract/articles";
import { Suspense, lazy } from "react";
import { useTranslations } from "use-intl";
import { PageWords } from "../../../messages/page-words.tsx";
import type { ArticleText } from "./article-text.ts";
import "./article-preview.css";

const ArticleView = lazy(async () => {
  const { ArticleView: view } = await import("../../public/article/article-view.tsx");
  return { default: view };
});

interface ArticlePreviewProps {
  readonly article: ArticleForEditing;
  readonly text: ArticleText;
}

/** The article as its readers would see it, with what is not saved yet: made by what makes its public page. */
export function ArticlePreview({ article, text }: ArticlePreviewProps) {
  const t = useTranslations("officeArticles");
  const { title, summary, body, author, language } = text;
  return (
    <>
      <p className="aside-note">{t("previewWords")}</p>
      <div className="article-preview">
        <PageWords>
          <Suspense>
            <ArticleView
              article={{
                title,
                summary,
                body,
                author,
                language,
                topic: article.topic,
                publishedAt: article.publishedAt,
                readingMinutes: article.readingMinutes,
              }}
            />
          </Suspense>
        </PageWords>
      </div>
    </>
  );
}
