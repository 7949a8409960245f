import type { OneTimeKind } from "@lectern/contract/vocabulary";
import type { Queryable } from "@lectern/database/queryable";
import { oneTimeToken } from "@lectern/database/schema/people";
import { and, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { AccessKeys } from "./access-key.ts";

/**
 * What is good once, until a time: links in mails, and steps of ceremonies. The key in a link is derived
 * from the row's id and the academy's secret, so that the table holds nothing that could be shown; a mail
 * is written with a mark in its place.
 */

export type OneTimeRow = typeof oneTimeToken.$inferSelect;

export interface NewOneTime {
  readonly kind: OneTimeKind;
  /** Its id, where something in `data` is encrypted for its row. */
  readonly id?: string;
  readonly personId?: string | null;
  readonly email?: string | null;
  readonly data?: unknown;
  readonly lifetimeSeconds: number;
  /** Makes those of the same kind that this person was given before worthless. */
  readonly replacesOthers?: boolean;
}

/** @returns the id of what was made; its key comes from `oneTimeKey` */
export async function issueOneTime(db: Queryable, wanted: NewOneTime): Promise<string> {
  const { kind, personId = null, lifetimeSeconds } = wanted;
  if (wanted.replacesOthers === true && personId !== null) await dropOneTimes(db, kind, personId);
  const id = wanted.id ?? uuidv7();
  await db.insert(oneTimeToken).values({
    id,
    kind,
    personId,
    email: wanted.email ?? null,
    data: wanted.data ?? {},
    expiresAt: sql`clock_timestamp() + make_interval(secs => ${lifetimeSeconds})`,
  });
  return id;
}

/** Makes all of a kind that a person was given worthless. */
export async function dropOneTimes(
  db: Queryable,
  kind: OneTimeKind,
  personId: string,
): Promise<void> {
  await db
    .update(oneTimeToken)
    .set({ usedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(oneTimeToken.personId, personId),
        eq(oneTimeToken.kind, kind),
        isNull(oneTimeToken.usedAt),
      ),
    );
}

/** @returns the key that opens it: 43 characters of base64url */
export function oneTimeKey(accessKeys: Pick<AccessKeys, "keyFor">, id: string): string {
  return accessKeys.keyFor("one_time", id);
}

/** What its holder shows. */
export interface OneTimeProof {
  readonly id: string;
  readonly key: string;
}

function isGood(kind: OneTimeKind, id: string) {
  return and(
    eq(oneTimeToken.id, id),
    eq(oneTimeToken.kind, kind),
    isNull(oneTimeToken.usedAt),
    sql`${oneTimeToken.expiresAt} > clock_timestamp()`,
  );
}

/**
 * Uses it up: of any number who try at once, one gets it.
 *
 * @returns the row, or `undefined` for one that is unknown, used, too old, of another kind, or shown
 *   with a wrong key – which nobody is told apart
 */
export async function consumeOneTime(
  db: Queryable,
  accessKeys: AccessKeys,
  kind: OneTimeKind,
  proof: OneTimeProof,
): Promise<OneTimeRow | undefined> {
  if (!accessKeys.isKeyFor("one_time", proof.id, proof.key)) return undefined;
  const [row] = await db
    .update(oneTimeToken)
    .set({ usedAt: sql`clock_timestamp()` })
    .where(isGood(kind, proof.id))
    .returning();
  return row;
}

/** Looks at it, and leaves it good: see `consumeOneTime`. */
export async function findOneTime(
  db: Queryable,
  accessKeys: AccessKeys,
  kind: OneTimeKind,
  proof: OneTimeProof,
): Promise<OneTimeRow | undefined> {
  if (!accessKeys.isKeyFor("one_time", proof.id, proof.key)) return undefined;
  const [row] = await db.select().from(oneTimeToken).where(isGood(kind, proof.id));
  return row;
}

/**
 * Counts a wrong answer to what it asks for, and uses it up after so many.
 *
 * @returns whether it is still good
 */
export async function countWrongAnswer(db: Queryable, id: string, most: number): Promise<boolean> {
  const [row] = await db
    .update(oneTimeToken)
    .set({
      attempts: sql`${oneTimeToken.attempts} + 1`,
      usedAt: sql`CASE WHEN ${oneTimeToken.attempts} + 1 >= ${most} THEN clock_timestamp() ELSE ${oneTimeToken.usedAt} END`,
    })
    .where(eq(oneTimeToken.id, id))
    .returning({ usedAt: oneTimeToken.usedAt });
  return row !== undefined && row.usedAt === null;
}
