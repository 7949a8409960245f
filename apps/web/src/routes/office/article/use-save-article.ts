import { isLecternError } from "@lectern/client";
import type { ArticleForEditing } from "@lectern/contract/articles";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCall } from "../../../account/use-call.ts";
import { useApi } from "../../../data/api.ts";
import { checkShape } from "../../../editing/check-shape.ts";
import type { Editing } from "../../../editing/use-edit.ts";
import { useProblemWords } from "../../../editing/use-problem-words.ts";
import { type ArticleText, toInput } from "./article-text.ts";

async function loadShape() {
  return (await import("@lectern/contract/articles")).ArticleWriteInput;
}

/** Saves what was changed of an article. */
export function useSaveArticle(article: ArticleForEditing, edit: Editing<ArticleText>) {
  const api = useApi();
  const queryClient = useQueryClient();
  const t = useTranslations();
  const words = useProblemWords();
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const call = useCall(api.articles.write.mutationOptions());
  const refresh = () => queryClient.invalidateQueries(api.articles.pathFilter());

  /** @returns the version that is saved by then, or `undefined` if it could not be */
  async function save(): Promise<number | undefined> {
    if (edit.changed.length === 0) return article.version;
    // What both changed is decided first: the panel asks.
    if (edit.conflicts.length > 0) return undefined;
    const { content: sent, changed: keys } = edit;
    const wish = { id: article.id, version: article.version, ...toInput(sent) };
    const checked = await checkShape(loadShape, { ...wish, idempotencyKey: call.keyOf(wish) });
    if ("problems" in checked) {
      setProblems(new Map(checked.problems.map(([path, problem]) => [path, words(problem)])));
      return undefined;
    }
    setProblems(new Map());
    try {
      const { version } = await call.mutateAsync(checked.input);
      edit.wasSaved(sent, keys, version);
      await refresh();
      return version;
    } catch (error) {
      if (isLecternError(error, "Invalid")) {
        setProblems(new Map(error.data.issues.map(({ path, message }) => [path, message])));
      }
      if (!isLecternError(error, "Conflict")) return undefined;
      if (error.data.reason === "already_exists") {
        setProblems(new Map([["slug", t("officeArticles.taken_slug")]]));
      }
      // What others changed is taken in, and shown.
      await refresh();
      return undefined;
    }
  }
  return { save, problems, call };
}
