import type { RouterOutputs } from "@lectern/client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CallFailure } from "../account/call-failure.tsx";
import { saveFile } from "../browser/save-file.ts";
import { Button } from "../components/button.tsx";
import { useClient } from "../data/api.ts";
import { statementCsv } from "./statement-csv.ts";

type Item = RouterOutputs["organisations"]["statement"]["items"][number];

/** As many as one answer holds. */
const PAGE = 100;

interface SaveCsvProps {
  readonly wanted: {
    readonly organisationId: string;
    readonly from: string | null;
    readonly until: string | null;
  };
}

/** Saves all bookings of a statement as a file for spreadsheets, however many pages they are. */
export function SaveCsv({ wanted }: SaveCsvProps) {
  const t = useTranslations("organisation");
  const client = useClient();
  const saving = useMutation({
    mutationFn: async () => {
      const items: Item[] = [];
      let cursor: string | null = null;
      do {
        const page: RouterOutputs["organisations"]["statement"] =
          await client.organisations.statement.query({ ...wanted, cursor, limit: PAGE });
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      const heads = [
        t("booking"),
        t("booked"),
        t("course"),
        t("begins"),
        t("placesColumn"),
        t("order"),
        "status",
        t("payment"),
        t("currency"),
        t("total"),
        t("paid"),
        t("openAmount"),
      ];
      const name = ["spending", wanted.from, wanted.until].filter((part) => part !== null);
      saveFile(
        `${name.join("-")}.csv`,
        new Blob([statementCsv(heads, items)], { type: "text/csv;charset=utf-8" }),
      );
    },
  });
  return (
    <>
      <CallFailure call={saving} />
      <p>
        <Button variant="outline" isBusy={saving.isPending} onClick={() => saving.mutate()}>
          {t(saving.isPending ? "csvMaking" : "csv")}
        </Button>
      </p>
    </>
  );
}
