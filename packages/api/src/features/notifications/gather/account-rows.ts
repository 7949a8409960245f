import { text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import { authSession, oneTimeToken, person } from "@lectern/database/schema/people";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { desc, eq, sql } from "drizzle-orm";

/** The queries behind mails about accounts: of a person, no more than such mails need. */

export type TokenRow = typeof oneTimeToken.$inferSelect;
export type PersonRow = NonNullable<Awaited<ReturnType<typeof findPerson>>>;

const personById = prepared("mail.person", { id: person.id }, (q, $) =>
  q
    .select({
      id: person.id,
      name: person.name,
      email: person.email,
      emailVerifiedAt: person.emailVerifiedAt,
      language: person.language,
      timeZone: person.timeZone,
      suspendedAt: person.suspendedAt,
      suspendedReason: person.suspendedReason,
      mergedIntoId: person.mergedIntoId,
      erasedAt: person.erasedAt,
    })
    .from(person)
    .where(eq(person.id, $.id)),
);

const personByEmail = prepared("mail.personByEmail", { email: text }, (_, $) =>
  rows(
    { id: uuid },
    sql`SELECT id FROM person WHERE lower(email) = lower(${$.email})
      AND merged_into_id IS NULL AND erased_at IS NULL`,
  ),
);

/** The account that is left of somebody's, however often it was merged into another. */
const survivorOf = prepared("mail.survivor", { id: uuid }, (_, $) =>
  rows(
    { id: uuid },
    sql`WITH RECURSIVE line AS (
        SELECT id, merged_into_id, 0 AS depth FROM person WHERE id = ${$.id}
        UNION ALL
        SELECT next.id, next.merged_into_id, line.depth + 1
        FROM person next JOIN line ON next.id = line.merged_into_id WHERE line.depth < 100
      )
      SELECT id FROM line WHERE merged_into_id IS NULL`,
  ),
);

const tokenById = prepared("mail.oneTimeToken", { id: oneTimeToken.id }, (q, $) =>
  q.select().from(oneTimeToken).where(eq(oneTimeToken.id, $.id)),
);

const newestSessionOf = prepared("mail.newestSession", { personId: authSession.personId }, (q, $) =>
  q
    .select({
      createdAt: authSession.createdAt,
      client: authSession.client,
      address: authSession.address,
    })
    .from(authSession)
    .where(eq(authSession.personId, $.personId))
    .orderBy(desc(authSession.createdAt), desc(authSession.id))
    .limit(1),
);

const organisationById = prepared("mail.organisation", { id: organisation.id }, (q, $) =>
  q.select({ name: organisation.name }).from(organisation).where(eq(organisation.id, $.id)),
);

const privacyRequestById = prepared("mail.privacyRequest", { id: privacyRequest.id }, (q, $) =>
  q
    .select({
      kind: privacyRequest.kind,
      state: privacyRequest.state,
      personId: privacyRequest.personId,
      dueAt: privacyRequest.dueAt,
      archiveUntil: privacyRequest.archiveUntil,
      // It may be large, and nothing of it is told.
      hasArchive: sql`${privacyRequest.archive} IS NOT NULL`.mapWith(Boolean).as("has_archive"),
    })
    .from(privacyRequest)
    .where(eq(privacyRequest.id, $.id)),
);

export async function findPerson(db: Queryable, id: string) {
  return personById.first(db, { id });
}

/** @returns whose account has this address, whatever its letter case */
export async function findPersonByEmail(
  db: Queryable,
  email: string,
): Promise<{ readonly id: string } | undefined> {
  return personByEmail.first(db, { email });
}

/** @returns the person that somebody was merged into in the end; themselves if they were not */
export async function findSurvivor(db: Queryable, id: string): Promise<PersonRow | undefined> {
  const found = await survivorOf.first(db, { id });
  return found && findPerson(db, found.id);
}

export async function findToken(db: Queryable, id: string): Promise<TokenRow | undefined> {
  return tokenById.first(db, { id });
}

/** @returns how and from where a person signed in last; `undefined` where no session is left */
export async function findNewestSession(db: Queryable, personId: string) {
  return newestSessionOf.first(db, { personId });
}

export async function findOrganisation(db: Queryable, id: string) {
  return organisationById.first(db, { id });
}

export async function findPrivacyRequest(db: Queryable, id: string) {
  return privacyRequestById.first(db, { id });
}
