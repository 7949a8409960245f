import type { BookingFound } from "@lectern/contract/booking-office";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { saveFile } from "../../../browser/save-file.ts";
import { Button } from "../../../components/button.tsx";
import { useClient } from "../../../data/api.ts";
import { minorUnits } from "../../../format/money.ts";
import { useUndo } from "../../../office/undo.tsx";
import { csvOf } from "../../../browser/csv.ts";
import { type BookingFilters, searchOf } from "./filters.ts";

const PAGE = 100;
/** More is for reports, which count in the database. */
const MOST = 10_000;

/** Saves all that the filters find, and not only what is loaded, as a file for spreadsheets. */
export function ExportButton({ filters }: { filters: BookingFilters }) {
  const t = useTranslations("officeBookings");
  const client = useClient();
  const undo = useUndo();
  const words = useAccountWords();
  const [done, setDone] = useState<number>();
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);

  async function collect(signal: AbortSignal): Promise<BookingFound[]> {
    const found: BookingFound[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof client.bookings.search.query>> =
        await client.bookings.search.query(
          { ...searchOf(filters), cursor, limit: PAGE },
          { signal },
        );
      found.push(...page.items);
      setDone(found.length);
      cursor = found.length < MOST ? page.nextCursor : null;
    } while (cursor !== null);
    return found;
  }
  async function download(): Promise<void> {
    const controller = new AbortController();
    stopping.current = controller;
    setDone(0);
    try {
      const found = await collect(controller.signal);
      const content = csvOf([head(), ...found.map(rowOf)]);
      saveFile("bookings.csv", new Blob([content], { type: "text/csv;charset=utf-8" }));
      undo.say(t(found.length >= MOST ? "exportedFirst" : "exported", { count: found.length }));
    } catch (error) {
      if (!controller.signal.aborted) undo.alert(words(error));
    }
    setDone(undefined);
  }
  function head(): string[] {
    return [
      t("reference"),
      t("status"),
      t("payment"),
      t("booker"),
      t("email"),
      t("organisation"),
      t("purchaseOrder"),
      t("courseCode"),
      t("course"),
      t("begins"),
      t("city"),
      t("places"),
      t("total"),
      t("currency"),
      t("made"),
    ];
  }
  function rowOf(item: BookingFound): string[] {
    const { booker, run, total } = item;
    return [
      item.reference,
      t(`status_${item.status}`),
      t(`payment_${item.paymentState}`),
      booker?.name ?? "",
      booker?.email ?? "",
      item.organisation?.name ?? booker?.company ?? "",
      item.purchaseOrder ?? "",
      run.course.code,
      run.course.title,
      run.localStart.replace("T", " "),
      run.venue?.city ?? "",
      String(item.livePlaces),
      total === null ? "" : String(total.amount / minorUnits(total.currency)),
      total?.currency ?? "",
      item.createdAt,
    ];
  }
  return (
    <Button
      variant="outline"
      size="small"
      isBusy={done !== undefined}
      onClick={() => void download()}
    >
      {done === undefined ? t("export") : t("exporting", { count: done })}
    </Button>
  );
}
