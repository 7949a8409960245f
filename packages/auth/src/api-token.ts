import { crc32 } from "node:zlib";
import { arrayOf, bool, text } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database, Queryable } from "@lectern/database/queryable";
import { apiToken, person } from "@lectern/database/schema/people";
import { and, eq, sql } from "drizzle-orm";
import type { TokenActor } from "./actor.ts";
import { isPermission } from "./permissions.ts";
import { grantOf } from "./roles.ts";
import { assignments, assignmentsOfPerson, isEnabledPerson } from "./sessions/find-session.ts";
import { hashOfSecret, isSecretOf, newSplitToken } from "./split-token.ts";

/**
 * API tokens: what programs of staff show. `lectern_pat_<lookup><secret>_<checksum>`: a prefix that secret
 * scanners find, a public half that finds the row, a secret half of which the row holds the hash alone,
 * and a checksum that tells a mistyped token without asking the database.
 */
const PREFIX = "lectern_pat_";
const FORM = /^lectern_pat_([A-Za-z0-9_-]{24})([A-Za-z0-9_-]{43})_([0-9a-f]{8})$/u;

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, "0");
}

export interface NewApiToken {
  /** To be shown once. */
  readonly token: string;
  /** To be stored. */
  readonly lookup: string;
  readonly secretHash: Uint8Array;
}

/** @returns a new token, and what to store of it */
export function newApiToken(): NewApiToken {
  const { id: lookup, secret } = newSplitToken();
  const body = `${lookup}${secret}`;
  return { token: `${PREFIX}${body}_${checksum(body)}`, lookup, secretHash: hashOfSecret(secret) };
}

function parse(token: string): { lookup: string; secret: string } | undefined {
  const [, lookup, secret, sum] = FORM.exec(token) ?? [];
  if (lookup === undefined || secret === undefined) return undefined;
  return checksum(`${lookup}${secret}`) === sum ? { lookup, secret } : undefined;
}

/** @returns whether the text has the form of an API token, its checksum included */
export function isApiToken(token: string): boolean {
  return parse(token) !== undefined;
}

/** A token, its owner's roles, and whether its last use was written down long ago: in one query. */
const tokenByLookup = prepared("auth.apiToken", { lookup: text }, (_, $) =>
  rows(
    {
      id: apiToken.id,
      secretHash: apiToken.secretHash,
      permissions: arrayOf(text),
      personId: person.id,
      isStale: bool,
      assignments,
    },
    sql`
    SELECT t.id, t.secret_hash, t.permissions, p.id AS person_id,
      t.last_used_at IS NULL OR t.last_used_at < clock_timestamp() - interval '1 minute' AS is_stale,
      ${assignmentsOfPerson} AS assignments
    FROM api_token t JOIN person p ON p.id = t.person_id
    WHERE t.lookup = ${$.lookup} AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
      AND ${isEnabledPerson}`,
  ),
);

/**
 * @param address of the caller, kept as that of its last use
 * @returns who shows this token, or `undefined` for one that is not good, whatever the reason
 */
export async function findTokenActor(
  db: Database,
  token: string,
  address: string,
): Promise<TokenActor | undefined> {
  const halves = parse(token);
  if (halves === undefined) return undefined;
  const found = await tokenByLookup.first(db, { lookup: halves.lookup });
  if (found === undefined || !isSecretOf(found.secretHash, halves.secret)) return undefined;
  // Nothing depends on it, and a database in trouble is told of by what the caller asks for.
  if (found.isStale) await touch(db, found.id, address).catch(() => {});
  const { id, personId } = found;
  return {
    kind: "token",
    id,
    personId,
    grants: found.assignments.map((assignment) => grantOf(assignment, personId)),
    permissions: new Set(found.permissions.filter(isPermission)),
  };
}

/** Writes down that a token was used, at most once a minute. */
async function touch(db: Queryable, id: string, address: string): Promise<void> {
  await db
    .update(apiToken)
    .set({ lastUsedAt: sql`clock_timestamp()`, lastUsedAddress: address })
    .where(
      and(
        eq(apiToken.id, id),
        sql`(${apiToken.lastUsedAt} IS NULL OR ${apiToken.lastUsedAt} < clock_timestamp() - interval '1 minute')`,
      ),
    );
}
