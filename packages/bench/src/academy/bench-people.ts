import { hashPassword } from "@lectern/auth/passwords/password-hash";
import { createSessions } from "@lectern/auth/sessions/sessions";
import { connect } from "@lectern/database/connect";
import { type Administration, administer } from "@lectern/database/driver/administer";
import { uuidv7 } from "uuidv7";

/** The people who sign in at a benchmark. None has a role, or a second factor. */
export interface BenchPerson {
  readonly id: string;
  readonly email: string;
}

/** Of all of them. */
export const BENCH_PASSWORD = "five-hundred-at-the-door-0412";

/** Disposing of them removes them, with all that is theirs. */
export interface BenchPeople extends AsyncDisposable {
  readonly people: readonly BenchPerson[];
  /** @returns tokens of sessions that have just begun, one for each person in their order */
  beginSessions(): Promise<readonly string[]>;
  /** Makes it as if none of them had ever signed in, and nobody had tried. */
  forgetSignIns(): Promise<void>;
}

/** Adds so many people to an academy. */
export async function addBenchPeople(databaseUrl: string, count: number): Promise<BenchPeople> {
  await using stack = new AsyncDisposableStack();
  const admin = stack.use(administer(databaseUrl));
  const people = Array.from({ length: count }, () => {
    const id = uuidv7();
    return { id, email: `somebody.${id}@example.com` };
  });
  await admin.run(
    `INSERT INTO person (id, name, email, email_verified_at)
     SELECT id, 'Somebody', 'somebody.' || id || '@example.com', now() FROM unnest($1::uuid[]) AS id`,
    [listOf(people)],
  );
  stack.defer(() => remove(admin, people));
  await admin.run(
    "INSERT INTO password (person_id, hash) SELECT id, $2 FROM unnest($1::uuid[]) AS id",
    [listOf(people), await hashPassword(BENCH_PASSWORD)],
  );
  await admin.run("ANALYZE person, password");
  const owned = stack.move();
  return {
    people,
    beginSessions: () => beginSessions(databaseUrl, admin, people),
    async forgetSignIns() {
      await admin.run("TRUNCATE throttle, auth_session, known_device");
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function beginSessions(
  databaseUrl: string,
  admin: Administration,
  people: readonly BenchPerson[],
): Promise<readonly string[]> {
  const sessions = createSessions({ secondFactor: "staff", onFault: () => {} });
  const db = await connect({ url: databaseUrl, poolSize: 1 });
  const tokens: string[] = [];
  try {
    for (const { id: personId } of people) {
      const { token } = await sessions.begin(db, {
        personId,
        method: "password",
        hasSecondFactor: false,
        isStaff: false,
        address: null,
        client: "bench",
      });
      tokens.push(token);
    }
  } finally {
    await db.close();
  }
  await admin.run("ANALYZE auth_session");
  return tokens;
}

async function remove(admin: Administration, people: readonly BenchPerson[]): Promise<void> {
  await admin.run("DELETE FROM person WHERE id = ANY ($1::uuid[])", [listOf(people)]);
}

/** Ids as PostgreSQL writes a list. */
function listOf(people: readonly BenchPerson[]): string {
  return `{${people.map(({ id }) => id).join(",")}}`;
}
