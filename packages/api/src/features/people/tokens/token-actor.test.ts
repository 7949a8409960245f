import { crc32 } from "node:zlib";
import { isAllowed, reachOf } from "@lectern/auth/actor";
import { findTokenActor, isApiToken, newApiToken } from "@lectern/auth/api-token";
import { PERMISSIONS, type Permission } from "@lectern/auth/permissions";
import { STAFF_ROLES } from "@lectern/contract/vocabulary";
import { apiToken, person, roleAssignment } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { type SQL, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterEach, describe, expect, it, vi } from "vitest";
import { signIn } from "../../../testing/signed-in.ts";

/** Who shows a token: what every request with one depends on. */

const database = useTestDatabase();
const ADDRESS = "192.0.2.44";

type Row = typeof apiToken.$inferSelect;

async function createToken(
  personId: string,
  permissions: readonly string[] = ["catalogue.export"],
): Promise<{ id: string; token: string }> {
  const { token, lookup, secretHash } = newApiToken();
  const id = uuidv7();
  await database()
    .db.insert(apiToken)
    .values({
      id,
      name: "Feed",
      lookup,
      secretHash,
      personId,
      permissions: [...permissions],
      expiresAt: sql`clock_timestamp() + interval '1 hour'`,
    });
  return { id, token };
}

function find(token: string, address = ADDRESS) {
  return findTokenActor(database().db, token, address);
}

async function set(id: string, values: Partial<Record<keyof Row, SQL>>): Promise<void> {
  await database().db.update(apiToken).set(values).where(eq(apiToken.id, id));
}

async function rowOf(id: string): Promise<Row> {
  const [row] = await database().db.select().from(apiToken).where(eq(apiToken.id, id));
  if (row === undefined) throw new Error("The token is gone");
  return row;
}

afterEach(() => {
  vi.useRealTimers();
});

describe("the form of a token", () => {
  it("begins with what scanners look for, and is told from a mistyped one by its checksum", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 66 }),
        fc.constantFrom("A", "b", "0", "_", "-"),
        (at, character) => {
          const { token } = newApiToken();
          expect(token).toMatch(/^lectern_pat_[\w-]{67}_[0-9a-f]{8}$/u);
          expect(isApiToken(token)).toBe(true);
          const position = "lectern_pat_".length + at;
          fc.pre(token[position] !== character);
          expect(isApiToken(token.slice(0, position) + character + token.slice(position + 1))).toBe(
            false,
          );
        },
      ),
    );
  });

  it("is nothing else", () => {
    const { token } = newApiToken();
    for (const text of [
      "",
      token.slice(0, -1),
      `${token}0`,
      ` ${token}`,
      `${token}\n`,
      token.toUpperCase(),
    ]) {
      expect(isApiToken(text)).toBe(false);
    }
  });

  it("is stored as a hash of its secret half alone", async () => {
    const owner = await signIn(database().db, { role: "administrator" });
    const { id, token } = await createToken(owner.id);
    const { rows } = await database().db.execute(
      sql`SELECT t::text AS row FROM api_token t WHERE id = ${id}`,
    );
    const secret = token.slice("lectern_pat_".length + 24, -9);
    expect(secret).toHaveLength(43);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe("a token", () => {
  it("gives its owner's roles, narrowed to what it was given", async () => {
    const owner = await signIn(database().db, { role: "course_editor" });
    const { id, token } = await createToken(owner.id, ["catalogue.export", "jobs.read"]);
    const actor = await find(token);
    expect(actor).toMatchObject({ kind: "token", id, personId: owner.id });
    if (actor === undefined) throw new Error("The token is not good");
    // `courses.read` is its owner's and not the token's, `jobs.read` the token's and not its owner's.
    const allowed = PERMISSIONS.filter((permission) => isAllowed(actor, permission));
    expect(allowed).toEqual(["catalogue.export"]);
  });

  it("shrinks with its owner's roles, and grows with them no further than it was given", async () => {
    const owner = await signIn(database().db, { role: "course_editor" });
    const { token } = await createToken(owner.id, ["catalogue.export"]);
    await owner.loseRoles();
    const poor = await find(token);
    expect(poor && reachOf(poor, "catalogue.export")).toBeUndefined();
    await database()
      .db.insert(roleAssignment)
      .values({ id: uuidv7(), personId: owner.id, role: "administrator" });
    const rich = await find(token);
    expect(rich && PERMISSIONS.filter((permission) => isAllowed(rich, permission))).toEqual([
      "catalogue.export",
    ]);
  });

  it("holds where its owner's roles hold, and nowhere else", async () => {
    const owner = await signIn(
      database().db,
      { role: "sales", country: "NO" },
      { role: "sales", country: "SE" },
    );
    const { token } = await createToken(owner.id, ["runs.read", "mail.read"]);
    const actor = await find(token);
    if (actor === undefined) throw new Error("The token is not good");
    expect(reachOf(actor, "runs.read")).toMatchObject({ everywhere: false });
    expect(reachOf(actor, "runs.read")?.countries.toSorted()).toEqual(["NO", "SE"]);
    // Not of a country at all: a role in one gives it to nobody.
    expect(reachOf(actor, "mail.read")).toBeUndefined();
  });

  it("never reaches further than its owner, whatever it was given", async () => {
    const role = fc.constantFrom(...STAFF_ROLES);
    const country = fc.constantFrom(null, "NO", "SE");
    const granted = fc.uniqueArray(fc.record({ role, country }), {
      maxLength: 4,
      selector: ({ role: name, country: code }) => `${name}|${code}`,
    });
    await fc.assert(
      fc.asyncProperty(granted, fc.subarray([...PERMISSIONS]), async (roles, permissions) => {
        const owner = await signIn(database().db, ...roles);
        const { token } = await createToken(owner.id, permissions);
        const [actor, itself] = [await find(token), await owner.actor()];
        if (actor === undefined) throw new Error("The token is not good");
        const isGiven = new Set<Permission>(permissions);
        for (const permission of PERMISSIONS) {
          expect(reachOf(actor, permission)).toEqual(
            isGiven.has(permission) ? reachOf(itself, permission) : undefined,
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  it("takes no notice of permissions that this release does not know", async () => {
    const owner = await signIn(database().db, { role: "administrator" });
    const { token } = await createToken(owner.id, ["catalogue.export", "moon.fly", "toString"]);
    expect([...((await find(token))?.permissions ?? [])]).toEqual(["catalogue.export"]);
  });

  it("is not good with another secret, another half, or another's secret", async () => {
    const owner = await signIn(database().db, { role: "administrator" });
    const [one, other] = [await createToken(owner.id), await createToken(owner.id)];
    const unknown = newApiToken().token;
    const { lookup } = await rowOf(one.id);
    const { token: foreign } = forgedWith(lookup, other.token);
    expect(isApiToken(foreign)).toBe(true);
    for (const token of [unknown, foreign]) expect(await find(token)).toBeUndefined();
    expect((await rowOf(one.id)).lastUsedAt).toBeNull();
    expect(await find(one.token)).toBeDefined();
  });

  it.each([
    ["suspended", { suspendedAt: sql`clock_timestamp()` }],
    ["erased", { erasedAt: sql`clock_timestamp()` }],
    ["not verified", { emailVerifiedAt: null }],
  ])("of an owner who is %s is worthless", async (_what, values) => {
    const { db } = database();
    const owner = await signIn(db, { role: "administrator" });
    const { token } = await createToken(owner.id);
    expect(await find(token)).toBeDefined();
    await db.update(person).set(values).where(eq(person.id, owner.id));
    expect(await find(token)).toBeUndefined();
  });

  it("of an owner who was merged into another is worthless", async () => {
    const { db } = database();
    const [owner, survivor] = [await signIn(db, { role: "administrator" }), await signIn(db)];
    const { token } = await createToken(owner.id);
    await db.update(person).set({ mergedIntoId: survivor.id }).where(eq(person.id, owner.id));
    expect(await find(token)).toBeUndefined();
  });

  it("that was revoked is worthless", async () => {
    const owner = await signIn(database().db, { role: "administrator" });
    const { id, token } = await createToken(owner.id);
    await set(id, { revokedAt: sql`clock_timestamp()` });
    expect(await find(token)).toBeUndefined();
  });

  it("ends when the database's clock says so, whatever this machine's says", async () => {
    const owner = await signIn(database().db, { role: "administrator" });
    const { id, token } = await createToken(owner.id);
    vi.useFakeTimers({ now: new Date("2099-01-01"), toFake: ["Date"] });
    expect(await find(token)).toBeDefined();
    await set(id, { expiresAt: sql`clock_timestamp()` });
    vi.setSystemTime(new Date("2001-01-01"));
    expect(await find(token)).toBeUndefined();
  });
});

describe("the last use of a token", () => {
  it("is written down with its address, and at most once a minute", async () => {
    const owner = await signIn(database().db, { role: "administrator" });
    const { id, token } = await createToken(owner.id);
    await Promise.all(Array.from({ length: 20 }, (_, at) => find(token, `192.0.2.${at}`)));
    const first = await rowOf(id);
    expect(first.lastUsedAt).not.toBeNull();
    await find(token, "198.51.100.1");
    expect(await rowOf(id)).toEqual(first);
    await set(id, { lastUsedAt: sql`clock_timestamp() - interval '61 seconds'` });
    await find(token, "198.51.100.1");
    const later = await rowOf(id);
    expect(later.lastUsedAddress).toBe("198.51.100.1");
    expect(later.lastUsedAt?.getTime()).toBeGreaterThanOrEqual(first.lastUsedAt?.getTime() ?? 0);
  });

  it("is written once by those who use it at the same time", async () => {
    const { db } = database();
    const owner = await signIn(db, { role: "administrator" });
    const { id, token } = await createToken(owner.id);
    const writesOf = async () => {
      const { rows } = await db.execute(
        sql`SELECT xmin::text AS by FROM api_token WHERE id = ${id}`,
      );
      return rows[0]?.["by"];
    };
    await find(token);
    const written = await writesOf();
    await Promise.all(Array.from({ length: 20 }, () => find(token)));
    expect(await writesOf()).toBe(written);
  });

  it("does not keep anybody out when it can't be written", async () => {
    const { db } = database();
    const owner = await signIn(db, { role: "administrator" });
    const { id, token } = await createToken(owner.id);
    const name = `refuse_${id.replaceAll("-", "")}`;
    await db.execute(
      `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'not now'; END $$`,
    );
    await db.execute(
      `CREATE TRIGGER ${name} BEFORE UPDATE ON api_token
      FOR EACH ROW WHEN (OLD.id = '${id}') EXECUTE FUNCTION ${name}()`,
    );
    expect(await find(token)).toBeDefined();
    await db.execute(`DROP TRIGGER ${name} ON api_token`);
    expect((await rowOf(id)).lastUsedAt).toBeNull();
  });
});

/** The public half of one token and the secret half of another, with a checksum that is right. */
function forgedWith(lookup: string, other: string): { token: string } {
  const body = `${lookup}${other.slice("lectern_pat_".length + 24, -9)}`;
  const sum = crc32(body).toString(16).padStart(8, "0");
  return { token: `lectern_pat_${body}_${sum}` };
}
