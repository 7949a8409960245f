import {
  ENQUIRY_HISTORY_MAX,
  ENQUIRY_QUOTES_MAX,
  type EnquiryByIdInput,
  type EnquiryEvent,
  type EnquiryForStaff,
} from "@lectern/contract/enquiries";
import { int4, json, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { auditEntry } from "@lectern/database/schema/operations";
import { quote } from "@lectern/database/schema/quotes";
import { desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { fieldsOf } from "../../shared/audit-fields.ts";
import { withRunsInLanguage } from "../../shared/in-language.ts";
import { selectQuotes } from "../quotes/list-quotes.ts";
import { toQuoteItem } from "../quotes/quote-row.ts";
import { enquiryColumns, toEnquiryDetail } from "./enquiry-detail.ts";

const enquiryById = prepared("enquiries.byId", { id: enquiry.id }, (q, $) =>
  q
    .select(enquiryColumns)
    .from(enquiry)
    .leftJoin(course, eq(course.id, enquiry.courseId))
    .where(eq(enquiry.id, $.id)),
);

/** Of each thing no more entries are read than are shown. */
const history = prepared("enquiries.history", { enquiryId: uuid, limit: int4 }, (_, $) =>
  rows(
    {
      id: auditEntry.id,
      at: auditEntry.at,
      actorKind: auditEntry.actorKind,
      actorName: nullable(text),
      action: auditEntry.action,
      before: nullable(json),
      after: nullable(json),
      quoteId: nullable(uuid),
    },
    sql`WITH things AS MATERIALIZED (
        SELECT 'enquiry' AS entity, ${$.enquiryId} AS id, NULL::uuid AS quote_id
        UNION ALL
        SELECT 'quote', q.id, q.id FROM quote q WHERE q.enquiry_id = ${$.enquiryId}
      ), newest AS (
        SELECT e.*, things.quote_id FROM things CROSS JOIN LATERAL (
          SELECT audit.id, audit.at, audit.actor_kind, audit.actor_id, audit.action, audit.before, audit.after
          FROM audit_entry audit
          WHERE audit.entity = things.entity AND audit.entity_id = things.id
          ORDER BY audit.id DESC LIMIT ${$.limit}
        ) e
        ORDER BY e.id DESC LIMIT ${$.limit}
      )
      SELECT newest.id, newest.at, newest.actor_kind, p.name AS actor_name, newest.action,
        newest.before, newest.after, newest.quote_id
      FROM newest LEFT JOIN person p
        -- Other actors are named by words.
        ON p.id = CASE WHEN newest.actor_kind = 'person' THEN newest.actor_id::uuid END
      ORDER BY newest.id DESC`,
  ),
);

/**
 * An enquiry as staff work with it: with their note, its quotes, and what happened to it.
 *
 * @throws NotFound
 */
export async function findEnquiry(
  db: Database,
  call: Call,
  { id }: z.infer<typeof EnquiryByIdInput>,
): Promise<EnquiryForStaff> {
  const [row, quotes, events] = await Promise.all([
    enquiryById.first(db, { id }),
    selectQuotes(db)
      .where(eq(quote.enquiryId, id))
      .orderBy(desc(quote.createdAt), desc(quote.id))
      .limit(ENQUIRY_QUOTES_MAX),
    history.execute(db, { enquiryId: id, limit: ENQUIRY_HISTORY_MAX }),
  ]);
  if (row === undefined) throw notFound("enquiry", id);
  const [detail, items] = await Promise.all([
    toEnquiryDetail(call, row),
    withRunsInLanguage(db, call.language, quotes.map(toQuoteItem)),
  ]);
  return { ...detail, note: row.enquiry.note, quotes: items, history: events.map(toEvent) };
}

type EventRow = Awaited<ReturnType<typeof history.execute>>[number];

function toEvent({ actorKind, actorName, at, before, after, ...row }: EventRow): EnquiryEvent {
  return {
    ...row,
    at: at.toISOString(),
    actor: { kind: actorKind, name: actorName },
    before: fieldsOf(before),
    after: fieldsOf(after),
  };
}
