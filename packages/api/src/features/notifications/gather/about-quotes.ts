import { prepared } from "@lectern/database/prepared";
import { booking } from "@lectern/database/schema/bookings";
import { quote } from "@lectern/database/schema/quotes";
import { eq, getTableColumns, sql } from "drizzle-orm";
import { readCalendar } from "../../reports/academy-calendar.ts";
import { numberOf, totalOf } from "../../quotes/quote-row.ts";
import { withoutMarks } from "../keys-in-mails.ts";
import type { QuoteFacts } from "../letters/facts.ts";
import { bookingLink, officeEnquiryLink, quoteLink } from "../links.ts";
import { reasonOf, runFacts } from "./facts-of.ts";
import { type Gather, type Gathering, linksFor } from "./mail-draft.ts";
import { plainName } from "./plain-text.ts";
import { findRun } from "./rows.ts";

const quoteById = prepared("mail.quote", { id: quote.id }, (q, $) =>
  q
    .select({
      quote: getTableColumns(quote),
      isOpen: sql`${quote.status} = 'sent' AND ${quote.goodUntil} > clock_timestamp()`.mapWith(
        Boolean,
      ),
      booking: {
        id: booking.id,
        reference: booking.reference,
        status: booking.status,
        expiresAt: booking.expiresAt,
      },
    })
    .from(quote)
    .leftJoin(booking, eq(booking.id, quote.bookingId))
    .where(eq(quote.id, $.id)),
);

/** Its last day is told as a moment of that day. */
const MINUTE_MS = 60_000;

/**
 * @param reader the language of whoever reads of it, if that is not the quote's
 * @returns what mails about a quote are made from; `undefined` for one that is gone
 */
async function readQuote(gathering: Gathering, id: string, reader?: string) {
  const { db } = gathering;
  const row = await quoteById.first(db, { id });
  if (row === undefined) return undefined;
  const { quote: found } = row;
  const links = linksFor(gathering, reader ?? found.language);
  const [run, { timeZone }] = await Promise.all([
    findRun(db, found.runId, links.language),
    readCalendar(db),
  ]);
  if (run === undefined) return undefined;
  const told: Omit<QuoteFacts, "url"> = {
    number: numberOf(found),
    name: plainName(found.recipientName),
    company: found.recipientCompany === null ? null : plainName(found.recipientCompany),
    places: found.places,
    unitPrice: { amount: found.unitAmount, currency: found.currency },
    total: totalOf(found),
    message: found.message.trim() === "" ? null : withoutMarks(found.message),
    until: new Date(found.goodUntil.getTime() - MINUTE_MS),
    zone: timeZone,
  };
  return {
    ...row,
    run: runFacts(links, run, null),
    told,
    links,
    letter: {
      to: { name: told.name, email: found.recipientEmail },
      language: found.language,
    },
  };
}

export const quoteSent: Gather = async (gathering, id) => {
  const found = await readQuote(gathering, id);
  if (found === undefined || !found.isOpen) return [];
  const { run, told, letter, links } = found;
  const quoted = { ...told, url: quoteLink(links, id) };
  return [{ content: { kind: "quote", facts: { run, quote: quoted } }, ...letter }];
};

export const quoteAccepted: Gather = async (gathering, id) => {
  const found = await readQuote(gathering, id);
  const made = found?.booking ?? null;
  if (found === undefined || made?.status !== "held" || made.expiresAt === null) return [];
  const { run, told, letter, links } = found;
  return [
    {
      content: {
        kind: "quote_accepted",
        facts: {
          run,
          quote: { ...told, url: quoteLink(links, id) },
          booking: {
            reference: made.reference,
            url: bookingLink(links, made),
            expiresAt: made.expiresAt,
          },
        },
      },
      ...letter,
    },
  ];
};

export const quoteWithdrawn: Gather = async (gathering, id) => {
  const found = await readQuote(gathering, id);
  if (found === undefined || !found.quote.isWithdrawn) return [];
  const { run, told, letter } = found;
  return [{ content: { kind: "quote_withdrawn", facts: { run, quote: told } }, ...letter }];
};

export const quoteAnswered: Gather = async (gathering, id) => {
  const { staff, staffLanguage } = gathering.settings;
  const found = await readQuote(gathering, id, staffLanguage);
  const status = found?.quote.status;
  if (found === undefined || (status !== "accepted" && status !== "declined")) return [];
  const { run, told, links, quote: answered, booking: made } = found;
  return [
    {
      content: {
        kind: "quote_answered",
        facts: {
          run,
          quote: told,
          isAccepted: status === "accepted",
          reason: reasonOf(answered.declinedReason),
          reference: made?.reference ?? null,
          enquiryUrl: officeEnquiryLink(links, answered.enquiryId),
        },
      },
      to: staff,
      language: staffLanguage,
    },
  ];
};
