import { eq, getTableName, is } from "drizzle-orm";
import { PgTable, getTableConfig } from "drizzle-orm/pg-core";
import { person } from "@lectern/database/schema/people";
import * as schema from "@lectern/database/schema/index";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Dice } from "../fuzz/dice.ts";
import { schemaOf } from "../fuzz/json-schema.ts";
import { validValue } from "../fuzz/valid.ts";
import { createPerson, key, newestLink, showSecondFactor, signedIn } from "../support/people.ts";
import { PROCEDURES } from "../support/procedures.ts";
import { openBrowser } from "../support/test-browser.ts";
import { useTestServer } from "../support/test-server.ts";

/** Inputs with more in them than they should have, or with something else. */

const server = useTestServer({ trustedProxies: ["127.0.0.1"] });

/** The names of all columns, as code and as the database writes them. */
const COLUMNS: readonly string[] = [
  ...new Set(
    Object.values(schema)
      .filter((part) => is(part, PgTable))
      .flatMap((table) => {
        const { columns } = getTableConfig(table);
        // As code has it, too: what is in snake case there is in camel case here.
        return columns.flatMap(({ name }) => [
          name,
          name.replace(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
        ]);
      }),
  ),
];

const INTRUDER = "intruder-9f2c";

/** Puts every column's name into every object of a value, where it has none of that name. */
function stuff(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stuff);
  if (typeof value !== "object" || value === null) return value;
  const stuffed: Record<string, unknown> = {};
  for (const name of COLUMNS) stuffed[name] = INTRUDER;
  for (const [name, part] of Object.entries(value)) stuffed[name] = stuff(part);
  return stuffed;
}

/** Free words of a contract's record are values, and no names of fields. */
const RECORDS = new Set<string>();

describe("fields that nobody asked for", () => {
  const mutations = PROCEDURES.filter(({ type }) => type === "mutation");

  it("are many", () => {
    expect(COLUMNS.length).toBeGreaterThan(200);
    expect(getTableName(person)).toBe("person");
  });

  it.each(mutations.map(({ path, input }) => [path, input] as const))(
    "are dropped by %s, at every depth",
    (path, input) => {
      if (input === undefined) throw new Error(`${path} takes nothing`);
      const shape = schemaOf(input);
      let looked = 0;
      for (let seed = 0; seed < 400 && looked < 20; seed += 1) {
        const value = validValue(shape, new Dice(seed), new Map());
        if (!input.safeParse(value).success) continue;
        const parsed = input.safeParse(stuff(value));
        // A field that is optional and has a column's name: the intruder is refused.
        if (!parsed.success) {
          looked += 1;
          continue;
        }
        looked += 1;
        if (RECORDS.has(path)) continue;
        // What is left of the intruder is in fields that the procedure has.
        const own = JSON.stringify(shape);
        for (const name of intruded(parsed.data)) expect(own).toContain(`"${name}"`);
      }
      // Else no valid input was made.
      expect(looked).toBeGreaterThan(0);
    },
  );

  function intruded(value: unknown): string[] {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, part]) =>
      part === INTRUDER ? [name] : intruded(part),
    );
  }

  it("change nothing of one's account, or of what one may do", async () => {
    const owner = await createPerson(server());
    const browser = await signedIn(server(), owner);
    const { version } = await browser.client.account.details.query();
    const before = await server().db.select().from(person).where(eq(person.id, owner.id));
    const response = await browser.fetch("/trpc/account.update", {
      method: "POST",
      headers: { "content-type": "application/json", "x-lectern-client": "x" },
      body: JSON.stringify({
        version,
        name: "Grace",
        ...key(),
        id: crypto.randomUUID(),
        email: "root@example.com",
        emailVerifiedAt: null,
        email_verified_at: null,
        suspendedAt: "2020-01-01T00:00:00Z",
        role: "administrator",
        roles: [{ role: "administrator" }],
        isAdministrator: true,
        passwordHash: "x",
        mergedIntoId: owner.id,
      }),
    });
    expect(response.status).toBe(200);
    const [row] = await server().db.select().from(person).where(eq(person.id, owner.id));
    const { updatedAt: _, ...left } = before[0] ?? {};
    expect(row).toMatchObject({ ...left, name: "Grace", version: version + 1 });
    expect((await browser.client.account.me.query()).me).toMatchObject({
      roles: [],
      permissions: [],
    });
  });
});

describe("names that reach into what objects are made of", () => {
  const POLLUTED = z.object({}).loose();

  it.each(["__proto__", "constructor", "prototype"])("%s pollutes nothing", async (name) => {
    const { url } = server();
    const payload = `{"${name}":{"polluted":"yes","isAdmin":true,"prototype":{"polluted":"yes"}},"a":{"${name}":{"polluted":"yes"}}}`;
    const failed: string[] = [];
    for (const { path, type } of PROCEDURES) {
      if (type === "subscription") continue;
      const response = await fetch(`${url}/trpc/${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${server().operatorToken}`,
        },
        body: payload,
      });
      await response.arrayBuffer();
      if (response.status >= 500) failed.push(path);
    }
    expect(failed).toEqual([]);
    expect(POLLUTED.parse({})).not.toHaveProperty("polluted");
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(Reflect.get({}, "isAdmin")).toBeUndefined();
  });
});

describe("what is sorted, searched and paged by", () => {
  const HOSTILE = [
    "title; DROP TABLE course",
    "(select pg_sleep(5))",
    "title' OR '1'='1",
    "1 UNION SELECT hash FROM password",
    "\\",
    "%_%_%_%_%",
    "'",
    '"',
    "$1",
    "a\u2019--",
  ];

  it.each(HOSTILE)("is taken for what it is: %j", async (text) => {
    const { client, staff, db } = server();
    const before = await db.$count(person);
    const found = await client.courses.list.query({ query: text });
    expect(found.total).toBeLessThanOrEqual(5);
    expect((await staff.people.list.query({ query: text })).total).toBe(0);
    expect((await staff.bookings.list.query({ bookerEmail: `${"x"}@example.com` })).items).toEqual(
      [],
    );
    for (const [path, input] of [
      ["courses.list", { sort: text }],
      ["courses.list", { cursor: text }],
      [
        "runs.upcoming",
        { cursor: Buffer.from(JSON.stringify([text, text])).toString("base64url") },
      ],
      ["audit.list", { action: text }],
      ["audit.list", { entity: text }],
    ] as const) {
      const response = await fetch(`${server().url}/trpc/${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${server().operatorToken}`,
        },
        body: JSON.stringify(input),
      });
      // A query by POST without the client's say-so is refused as such; with it, by its shape.
      expect([400, 405]).toContain(response.status);
    }
    expect(await db.$count(person)).toBe(before);
  });
});

describe("line breaks in what goes into headers and mails", () => {
  const BREAKS = ["a\r\nBcc: all@example.com", "a\nX-Evil: 1", "a\u2028b", "a\u0000b", "a\rb"];

  it.each(BREAKS)("are refused: %j", async (text) => {
    const { client, staff } = server();
    const admin = await createPerson(server(), {}, [{ role: "administrator" }]);
    const browser = await signedIn(server(), admin);
    await showSecondFactor(server(), browser);
    const attempts = [
      () =>
        client.account.signUp.mutate({
          name: text,
          email: "a@example.com",
          password: "a-good-password-1815",
          acceptsTerms: true,
          ...key(),
        }),
      () =>
        client.account.signUp.mutate({
          name: "A",
          email: `a@example.com${text.slice(1)}`,
          password: "a-good-password-1815",
          acceptsTerms: true,
          ...key(),
        }),
      () =>
        client.enquiries.send.mutate({
          kind: "contact",
          name: text,
          email: "a@example.com",
          message: "x",
          consent: true,
          ...key(),
        }),
      () =>
        staff.people.invite.mutate({ name: text, email: "b@example.com", role: "sales", ...key() }),
      () => browser.client.organisations.create.mutate({ name: text, country: "NO", ...key() }),
    ];
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: "Invalid" });
    }
  });

  it("are in no header of an answer, whatever the address that is asked for", async () => {
    for (const path of [
      "/%0d%0aSet-Cookie:%20x=1",
      "/courses/%0d%0aX-Evil:1",
      "/trpc/%0aX-Evil:1",
      "/?next=%0d%0aX-Evil:1",
    ]) {
      const response = await fetch(`${server().url}${path}`, { redirect: "manual" });
      expect(response.headers.get("x-evil")).toBeNull();
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });
});

describe("a link that is good once", () => {
  it("is good for what it is for, and nothing else", async () => {
    const owner = await createPerson(server());
    const { account } = openBrowser({ url: server().url }).client;
    await account.forgotPassword.mutate({ email: owner.email, ...key() });
    const proof = await newestLink(server(), "reset_password", owner.email);
    const wrong = [
      () => account.confirmEmailChange.mutate({ proof, ...key() }),
      () => account.finishSignUp.mutate({ proof, password: "x", ...key() }),
      () => account.invitation.query({ proof }),
      () =>
        account.acceptInvitation.mutate({
          proof,
          password: "a-good-password-1815",
          acceptsTerms: true,
          ...key(),
        }),
      () =>
        account.becomeAdministrator.mutate({
          proof,
          name: "A",
          email: "a@example.com",
          password: "a-good-password-1815",
          ...key(),
        }),
    ];
    for (const attempt of wrong)
      await expect(attempt()).rejects.toMatchObject({ code: "LinkNotUsable" });
    // It is still good: nothing of that has used it up.
    await account.resetPassword.mutate({ proof, password: "another-good-one-1815", ...key() });
  });
});
