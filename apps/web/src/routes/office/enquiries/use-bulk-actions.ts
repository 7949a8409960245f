import { newIdempotencyKey } from "@lectern/client";
import type { EnquiryListItem } from "@lectern/contract/enquiries";
import type { EnquiryStatus } from "@lectern/contract/vocabulary";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi, useClient } from "../../../data/api.ts";
import type { BulkAction } from "../../../office/bulk-dialog.tsx";
import { useMay } from "../../../office/office-me.ts";
import { movesOf, wayBack } from "./moves.ts";

type Action = BulkAction<EnquiryListItem>;

/** What can be done with many enquiries at once, by whoever may. Each is a call of its own, and refused by itself. */
export function useBulkActions(): readonly Action[] {
  const t = useTranslations("officeEnquiries");
  const may = useMay();
  const api = useApi();
  const client = useClient();
  const queryClient = useQueryClient();
  const onSettled = () => void queryClient.invalidateQueries(api.enquiries.pathFilter());
  const move = (id: string, version: number, to: EnquiryStatus) =>
    client.enquiries.move.mutate({ id, version, to, idempotencyKey: newIdempotencyKey() });
  function refusal(to: EnquiryStatus): (item: EnquiryListItem) => string | undefined {
    return ({ status }) =>
      movesOf(status).includes(to)
        ? undefined
        : t("notFrom", { state: t(`status_${status}`), to: t(`status_${to}`) });
  }
  if (!may("enquiries.write")) return [];
  return [
    {
      id: "begin",
      words: t("takeInHand"),
      title: (count) => t("bulkBegin", { count }),
      refusal: refusal("in_progress"),
      run: ({ id, version }) => move(id, version, "in_progress"),
      done: (count) => t("bulkBegun", { count }),
      onSettled,
    },
    {
      id: "spam",
      words: t("moveTo_spam"),
      title: (count) => t("bulkSpam", { count }),
      refusal: refusal("spam"),
      run: ({ id, version }) => move(id, version, "spam"),
      done: (count) => t("bulkSpammed", { count }),
      undo: async ({ id, version, status }) => {
        // As long as nobody else changed it, it is one further than it was.
        let seen = version + 1;
        for (const state of wayBack(status, "spam") ?? []) {
          ({ version: seen } = await move(id, seen, state));
        }
      },
      onSettled,
      isDangerous: true,
    },
  ];
}
