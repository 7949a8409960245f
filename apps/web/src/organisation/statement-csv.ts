import type { RouterOutputs } from "@lectern/client";
import { minorUnits } from "../format/money.ts";
import { csvOf } from "../browser/csv.ts";

type Item = RouterOutputs["organisations"]["statement"]["items"][number];
type Money = Item["paid"];

/** As a number of whole units, which every spreadsheet can add up. */
function amountOf(money: Money): number | string {
  return money === null ? "" : money.amount / minorUnits(money.currency);
}

/**
 * @param heads of the columns
 * @returns the bookings of a statement as a file for spreadsheets
 */
export function statementCsv(heads: readonly string[], items: readonly Item[]): string {
  return csvOf([
    heads,
    ...items.map((item) => [
      item.reference,
      item.bookedAt.slice(0, 10),
      item.run.course.title,
      item.run.localStart.slice(0, 10),
      item.places,
      item.purchaseOrder ?? "",
      item.status,
      item.paymentState,
      (item.total ?? item.paid)?.currency ?? "",
      amountOf(item.total),
      amountOf(item.paid),
      amountOf(item.open),
    ]),
  ]);
}
