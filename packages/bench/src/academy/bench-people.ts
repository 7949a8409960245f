import { hashPassword } from "@lectern/auth/passwords/password-hash";
import { formatSplitToken, hashOfSecret, newSplitToken } from "@lectern/auth/split-token";
import type { Administration } from "@lectern/database/driver/administer";
import { uuidv7 } from "uuidv7";

/** The people who sign in at a benchmark. None has a role, or a second factor. */
export interface BenchPerson {
  readonly id: string;
  readonly email: string;
}

/** An academy of some size: so many have an account, or are signed in, whoever of them comes. */
export const PEOPLE = 10_000;

/** Of all of them. */
export const BENCH_PASSWORD = "five-hundred-at-the-door-0412";

/**
 * Adds people to an academy.
 *
 * @param admin into its database, as its owner at least
 */
export async function addBenchPeople(admin: Administration): Promise<readonly BenchPerson[]> {
  const people = Array.from({ length: PEOPLE }, () => {
    const id = uuidv7();
    return { id, email: `somebody.${id}@example.com` };
  });
  const ids = listOf(people.map(({ id }) => id));
  await admin.run(
    `INSERT INTO person (id, name, email, email_verified_at)
     SELECT id, 'Somebody', 'somebody.' || id || '@example.com', now() FROM unnest($1::uuid[]) AS id`,
    [ids],
  );
  await admin.run(
    "INSERT INTO password (person_id, hash) SELECT id, $2 FROM unnest($1::uuid[]) AS id",
    [ids, await hashPassword(BENCH_PASSWORD)],
  );
  await admin.run("VACUUM ANALYZE person, password");
  return people;
}

/** @returns tokens of sessions that have just begun, one for each person in their order */
export async function beginSessions(
  admin: Administration,
  people: readonly BenchPerson[],
): Promise<readonly string[]> {
  const tokens = people.map(() => newSplitToken());
  await admin.run(
    `INSERT INTO auth_session (id, person_id, secret_hash, method, expires_at, ends_at)
     SELECT id, person_id, decode(hash, 'hex'), 'password', now() + interval '14 days', now() + interval '90 days'
     FROM unnest($1::text[], $2::uuid[], $3::text[]) AS session (id, person_id, hash)`,
    [
      listOf(tokens.map(({ id }) => id)),
      listOf(people.map(({ id }) => id)),
      listOf(tokens.map(({ secret }) => Buffer.from(hashOfSecret(secret)).toString("hex"))),
    ],
  );
  await admin.run("VACUUM ANALYZE auth_session");
  return tokens.map(formatSplitToken);
}

/** Makes it as if nobody had ever signed in, or tried to. */
export async function forgetSignIns(admin: Administration): Promise<void> {
  await admin.run("TRUNCATE throttle, auth_session, known_device");
}

/** As PostgreSQL writes an array whose elements need no quotes. */
function listOf(elements: readonly string[]): string {
  return `{${elements.join(",")}}`;
}
