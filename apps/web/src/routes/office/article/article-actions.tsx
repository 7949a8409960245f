import type { ArticleForEditing } from "@lectern/contract/articles";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button, LinkButton } from "../../../components/button.tsx";
import { useCommands } from "../../../office/commands.tsx";
import { ArticleDialog, type ArticleMove } from "./article-dialog.tsx";

/** What can become of an article in each state. */
const MOVES: Readonly<Record<ArticleForEditing["state"], readonly ArticleMove[]>> = {
  draft: ["publish"],
  scheduled: ["unschedule", "publish"],
  published: ["retire"],
  retired: ["publish"],
};

interface ArticleActionsProps {
  readonly article: ArticleForEditing;
  readonly isDirty: boolean;
  readonly save: () => Promise<number | undefined>;
}

/** What can be done with an article as a whole. */
export function ArticleActions({ article, isDirty, save }: ArticleActionsProps) {
  const t = useTranslations("officeArticles");
  const [move, setMove] = useState<ArticleMove>();
  const moves = MOVES[article.state];
  useCommands(
    moves.map((one) => ({ id: `article-${one}`, words: t(`do_${one}`), run: () => setMove(one) })),
  );
  return (
    <>
      {article.state === "published" ? (
        <LinkButton
          to="/articles/$slug"
          params={{ slug: article.slug }}
          variant="outline"
          size="small"
        >
          {t("viewPage")}
        </LinkButton>
      ) : null}
      {moves.map((one) => (
        <Button
          key={one}
          size="small"
          variant={one === "publish" ? "filled" : "outline"}
          onClick={() => setMove(one)}
        >
          {t(`do_${one}`)}
        </Button>
      ))}
      {move === undefined ? null : (
        <ArticleDialog
          article={article}
          move={move}
          isDirty={isDirty}
          save={save}
          onClose={() => setMove(undefined)}
        />
      )}
    </>
  );
}
