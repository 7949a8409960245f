import { newIdempotencyKey } from "@lectern/client";
import type { MailSummary } from "@lectern/contract/mail";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi, useClient } from "../../../../data/api.ts";
import type { BulkAction } from "../../../../office/bulk-dialog.tsx";
import { useMay } from "../../../../office/office-me.ts";

/** What can be done with many mails at once, by whoever may: those that failed are tried again. */
export function useMailActions(): readonly BulkAction<MailSummary>[] {
  const t = useTranslations("officeMail");
  const may = useMay();
  const api = useApi();
  const client = useClient();
  const queryClient = useQueryClient();
  if (!may("jobs.write")) return [];
  return [
    {
      id: "resend",
      words: t("resend"),
      title: (count) => t("bulkResend", { count }),
      refusal: ({ state }) => (state === "failed" ? undefined : t("notFailed")),
      run: ({ id }) => client.mail.resend.mutate({ id, idempotencyKey: newIdempotencyKey() }),
      done: (count) => t("bulkResent", { count }),
      onSettled: () => void queryClient.invalidateQueries(api.mail.pathFilter()),
    },
  ];
}
