import { newIdempotencyKey } from "@lectern/client";
import type { ArticleForEditingSummary } from "@lectern/contract/articles";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi, useClient } from "../../../data/api.ts";
import type { BulkAction } from "../../../office/bulk-dialog.tsx";

type Item = ArticleForEditingSummary;

/** What can be done with many articles at once. Each is a call of its own, and refused by itself. */
export function useBulkActions(): readonly BulkAction<Item>[] {
  const t = useTranslations("officeArticles");
  const api = useApi();
  const client = useClient();
  const queryClient = useQueryClient();
  const onSettled = () => void queryClient.invalidateQueries(api.articles.pathFilter());
  const move = ({ id, version }: Item) => ({ id, version, idempotencyKey: newIdempotencyKey() });
  return [
    {
      id: "publish",
      words: t("do_publish"),
      title: (count) => t("bulkPublish", { count }),
      refusal: ({ state }) => (state === "published" ? t("isPublished") : undefined),
      run: (item) => client.articles.publish.mutate(move(item)),
      done: (count) => t("bulkPublished", { count }),
      onSettled,
    },
    {
      id: "retire",
      words: t("do_retire"),
      title: (count) => t("bulkRetire", { count }),
      refusal: ({ state }) =>
        state === "published" || state === "scheduled" ? undefined : t("isNotPublished"),
      run: (item) => client.articles.retire.mutate(move(item)),
      done: (count) => t("bulkRetired", { count }),
      onSettled,
      isDangerous: true,
    },
  ];
}
