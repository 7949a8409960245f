import type { EnquiryForStaff } from "@lectern/contract/enquiries";
import type { QuoteDetail, QuoteRecipient } from "@lectern/contract/quotes";
import type { RunForStaff } from "@lectern/contract/run-office";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useApi } from "../../../data/api.ts";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { addDays, todayHere } from "../schedule/days.ts";
import { isCurrency, readAmount, readNumber, writeAmount } from "./amount.ts";

/** So long a quote is good, unless something else is said. */
const GOOD_DAYS = 14;
const CURRENCY = "NOK";

/** What stands in the fields of a quote at first. */
interface Start {
  readonly places: number;
  /** Of one place; `null`: what the date's list says. */
  readonly price: string | null;
  readonly currency: string;
  readonly message: string;
  readonly note: string;
  readonly lastDay: string;
  readonly recipient: QuoteRecipient;
  readonly language: string;
}

/** @returns a draft that begins with what the enquiry says, or with what a quote said before */
export function startOf(enquiry: EnquiryForStaff, quote: QuoteDetail | undefined): Start {
  if (quote !== undefined) {
    const { places, unitPrice, message, note, lastDay, recipient, language } = quote;
    const { currency } = unitPrice;
    const price = writeAmount(unitPrice);
    return { places, price, currency, message, note, lastDay, recipient, language };
  }
  const { name, email, company, participants, language } = enquiry;
  return {
    places: participants ?? 1,
    price: null,
    currency: CURRENCY,
    message: "",
    note: "",
    lastDay: addDays(todayHere(), GOOD_DAYS),
    recipient: { name, email, company },
    language,
  };
}

interface Typed {
  readonly places: string;
  readonly price: string;
  readonly currency: string;
  readonly lastDay: string;
}

/** What is being written: the date that is chosen, and what the numbers come to. */
export interface QuoteDraft {
  readonly start: Start;
  readonly runId: string | undefined;
  /** The date, once it is known. */
  readonly run: RunForStaff | undefined;
  readonly currency: string;
  /** What stands in the field of the price at first, and a key that changes with it. */
  readonly listPrice: { readonly key: string; readonly text: string };
  /** NaN while they are none. */
  readonly places: number;
  readonly unitAmount: number;
  readonly lastDay: string;
  choose(this: void, runId: string | undefined): void;
  follow(this: void, event: FormEvent<HTMLFormElement>): void;
  /** @returns what the fields say, as the contract has it */
  termsOf(this: void, data: FormData): object;
}

/** @param begun the date that it begins with */
export function useQuoteDraft(start: Start, begun: string | undefined): QuoteDraft {
  const [runId, setRunId] = useState(begun);
  const [typed, setTyped] = useState<Typed>({
    places: String(start.places),
    price: start.price ?? "",
    currency: start.currency,
    lastDay: start.lastDay,
  });
  // The price is that of the list for as long as nobody wrote another, in the currency that it is in.
  const [own, setOwn] = useState(
    start.price === null ? undefined : { key: "own", currency: start.currency },
  );
  const asked = useQuery(
    useApi().runs.forStaff.queryOptions({ id: runId ?? "" }, { enabled: runId !== undefined }),
  );
  const run = runId === undefined ? undefined : asked.data;
  const listed = run?.price ?? null;
  const currency = listed?.currency ?? typed.currency.toUpperCase();
  const text = listed === null ? "" : writeAmount(listed);
  const isOwn = own !== undefined && (listed === null || own.currency === currency);
  const listPrice = isOwn
    ? { key: own.key, text: start.price ?? text }
    : { key: `${run?.id ?? "none"} ${text}`, text };
  const price = isOwn ? typed.price : text;
  return {
    start,
    runId,
    run,
    currency,
    listPrice,
    places: readNumber(typed.places),
    unitAmount: isCurrency(currency) ? readAmount(price, currency) : Number.NaN,
    lastDay: typed.lastDay,
    choose: setRunId,
    follow: ({ currentTarget, target }) => {
      const data = new FormData(currentTarget);
      setTyped({
        places: fieldText(data, "places") ?? "",
        price: fieldText(data, "price") ?? "",
        currency: fieldText(data, "unitPrice.currency") ?? start.currency,
        lastDay: fieldText(data, "lastDay") ?? "",
      });
      if (target instanceof HTMLInputElement && target.name === "price") {
        setOwn({ key: listPrice.key, currency });
      }
    },
    termsOf: (data) => {
      const written = fieldText(data, "price");
      return {
        runId,
        places: fieldNumber(data, "places"),
        unitPrice: {
          amount:
            written === undefined || !isCurrency(currency)
              ? undefined
              : readAmount(written, currency),
          currency,
        },
        message: fieldText(data, "message") ?? "",
        note: fieldText(data, "note") ?? "",
        lastDay: fieldText(data, "lastDay"),
        recipient: {
          name: fieldText(data, "recipient.name"),
          email: fieldText(data, "recipient.email"),
          company: fieldText(data, "recipient.company") ?? null,
        },
        language: fieldText(data, "language"),
      };
    },
  };
}

/** Names of the fields whose paths in the contract are not theirs. */
const FIELDS: Readonly<Record<string, string>> = {
  "unitPrice.amount": "price",
  unitPrice: "price",
};

export function fieldOfPath(path: string): string {
  return FIELDS[path] ?? path;
}

/** The fields of which the server says itself what is wrong. */
export const JUDGED = ["lastDay", "unitPrice.amount", "unitPrice.currency"];
