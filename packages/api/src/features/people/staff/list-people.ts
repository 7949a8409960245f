import type {
  PeopleListInput,
  PeopleListOutput,
  PersonByIdInput,
  PersonDetail,
} from "@lectern/contract/people";
import { Id } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { booking, registration, waitlistEntry } from "@lectern/database/schema/bookings";
import { person } from "@lectern/database/schema/people";
import { instructor } from "@lectern/database/schema/scheduling";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { notFound } from "../../../domain-error.ts";
import { decodeCursor, encodeCursor } from "../../../shared/cursor.ts";
import { partOf } from "../../../shared/part-of.ts";
import { personColumns, toPersonSummary } from "./person-columns.ts";

/** The name, in small letters, and the id of the last of the page before. */
const CursorKey = z.tuple([z.string().max(400), Id]);

/** Somebody who is there: an account that was merged or erased is not. */
const isThere = and(isNull(person.mergedIntoId), isNull(person.erasedAt));

/**
 * People by name, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listPeople(
  db: Database,
  input: z.infer<typeof PeopleListInput>,
): Promise<z.infer<typeof PeopleListOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const pattern = input.query == null ? null : partOf(input.query);
  const isWanted = and(
    isThere,
    pattern === null
      ? undefined
      : // Found before they are put in order (OFFSET 0): trigrams find a part of a name, of three letters on.
        sql`${person.id} IN (
          SELECT p.id FROM ${person} AS p
          WHERE lower(p.name) LIKE ${pattern} OR lower(p.email) LIKE ${pattern} OFFSET 0)`,
    input.role == null
      ? undefined
      : sql`EXISTS (SELECT FROM role_assignment a WHERE a.person_id = ${person.id} AND a.role = ${input.role}::role)`,
    input.isSuspended == null
      ? undefined
      : sql`(${person.suspendedAt} IS NOT NULL) = ${input.isSuspended}`,
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql`(lower(${person.name}), ${person.id}) > (${after[0]}, ${after[1]}::uuid)`;
  const [rows, total] = await Promise.all([
    db
      .select({ ...personColumns, key: sql<string>`lower(${person.name})` })
      .from(person)
      .where(and(isWanted, isAfter))
      .orderBy(sql`lower(${person.name})`, asc(person.id))
      .limit(input.limit + 1),
    db.$count(person, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map(toPersonSummary),
    nextCursor: last === undefined ? null : encodeCursor([last.key, last.id]),
    total,
  };
}

/** @throws NotFound */
export async function findPerson(
  db: Database,
  { id }: z.infer<typeof PersonByIdInput>,
): Promise<PersonDetail> {
  const [row] = await db
    .select({
      ...personColumns,
      language: person.language,
      suspendedReason: person.suspendedReason,
      suspendedAt: person.suspendedAt,
      instructorId: instructor.id,
      instructorName: instructor.name,
    })
    .from(person)
    .leftJoin(instructor, eq(instructor.personId, person.id))
    .where(and(eq(person.id, id), isThere));
  if (row === undefined) throw notFound("person", id);
  const [bookings, registrations, waitlistEntries] = await Promise.all([
    db.$count(booking, eq(booking.bookerId, id)),
    db.$count(registration, eq(registration.learnerId, id)),
    db.$count(waitlistEntry, eq(waitlistEntry.personId, id)),
  ]);
  return {
    ...toPersonSummary(row),
    language: row.language,
    suspendedReason: row.suspendedReason,
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    instructor:
      row.instructorId === null || row.instructorName === null
        ? null
        : { id: row.instructorId, name: row.instructorName },
    bookings,
    registrations,
    waitlistEntries,
  };
}
