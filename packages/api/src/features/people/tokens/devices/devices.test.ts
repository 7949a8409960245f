import { type Actor, PUBLIC_ACTOR } from "@lectern/auth/actor";
import { findTokenActor } from "@lectern/auth/api-token";
import type { DomainErrorBody } from "@lectern/contract/errors";
import type { DeviceBegun, DevicePolled } from "@lectern/contract/tokens";
import { auditEntry } from "@lectern/database/schema/operations";
import { apiToken, deviceGrant } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { TRPCError } from "@trpc/server";
import { eq, inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appRouter } from "../../../../app-router.ts";
import { newKey, testContext } from "../../../../testing/factories.ts";
import { keptAnswers } from "../../../../testing/kept-answers.ts";
import { type SignedIn, signIn } from "../../../../testing/signed-in.ts";
import { domainErrorOf } from "../../../../trpc/errors.ts";
import { t } from "../../../../trpc/init.ts";
import { forgetDevices } from "./forget-devices.ts";
import { formatUserCode, newUserCode, parseUserCode } from "./user-code.ts";

const database = useTestDatabase();
const callerOf = t.createCallerFactory(appRouter);

let addresses = 0;

/** From an address of its own, so that tests are not counted together. */
function as(actor: Actor, address?: string) {
  addresses += 1;
  const own = `2001:db8:${addresses.toString(16)}::1`;
  return callerOf({
    ...testContext(database().db, actor),
    origin: { address: address ?? own, client: "test" },
  });
}

async function by(person: SignedIn, address?: string) {
  return as(await person.actor(), address);
}

async function refusal(call: Promise<unknown>): Promise<DomainErrorBody | undefined> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw new TypeError("The call was not refused");
  return domainErrorOf(error)?.body;
}

const editor = () => signIn(database().db, { role: "course_editor" });

function begin(permissions = ["catalogue.export", "courses.write", "jobs.read"]) {
  return as(PUBLIC_ACTOR).devices.begin({
    client: "lectern-cli on build-7",
    permissions,
    idempotencyKey: newKey(),
  });
}

function poll({ deviceCode }: Pick<DeviceBegun, "deviceCode">): Promise<DevicePolled> {
  return as(PUBLIC_ACTOR).devices.poll({ deviceCode, idempotencyKey: newKey() });
}

/** As if the program had waited as long as it was told. */
async function waited({ userCode }: DeviceBegun): Promise<void> {
  await database()
    .db.update(deviceGrant)
    .set({ polledAt: sql`${deviceGrant.polledAt} - interval '5 seconds'` })
    .where(eq(deviceGrant.userCode, userCode.replace("-", "")));
}

async function decide(
  person: SignedIn,
  { userCode }: DeviceBegun,
  decision: "approve" | "deny" = "approve",
  permissions = decision === "approve" ? ["catalogue.export"] : [],
) {
  return (await by(person)).devices.decide({
    userCode,
    decision,
    permissions,
    idempotencyKey: newKey(),
  });
}

async function rowOf({ userCode }: DeviceBegun) {
  const [row] = await database()
    .db.select()
    .from(deviceGrant)
    .where(eq(deviceGrant.userCode, userCode.replace("-", "")));
  if (row === undefined) throw new Error("The request is gone");
  return row;
}

async function expire(begun: DeviceBegun): Promise<void> {
  await database()
    .db.update(deviceGrant)
    .set({ expiresAt: sql`clock_timestamp()` })
    .where(eq(deviceGrant.id, (await rowOf(begun)).id));
}

describe("a user code", () => {
  it("is read as it was typed, in whatever case, with whatever hyphens and blanks", () => {
    const noise = fc.array(fc.constantFrom("", " ", "-", "–", "\u00A0", "\t"), {
      minLength: 9,
      maxLength: 9,
    });
    fc.assert(
      fc.property(noise, fc.boolean(), (between, isLower) => {
        const code = newUserCode();
        const typed = between.map((gap, at) => `${gap}${code[at] ?? ""}`).join("");
        expect(parseUserCode(isLower ? typed.toLowerCase() : typed)).toBe(code);
        expect(parseUserCode(formatUserCode(code))).toBe(code);
        expect(formatUserCode(code)).toMatch(/^[B-Z]{4}-[B-Z]{4}$/u);
      }),
    );
  });

  it("is nothing else", () => {
    for (const typed of ["", "BCDF-GHJ", "BCDF-GHJKL", "ABCD-EFGH", "BCDF-GHJ0", "BCDFGHJK\0"]) {
      expect(parseUserCode(typed)).toBeUndefined();
    }
  });
});

describe("signing a program in", () => {
  it("says who gets in, with what, and for how long, and keeps to it", async () => {
    const owner = await editor();
    const begun = await begin();
    const { tokenDays, ...shown } = await (await by(owner)).devices.describe(begun);
    expect(shown).toMatchObject({
      client: "lectern-cli on build-7",
      permissions: expect.arrayContaining([{ name: "catalogue.export", isHeld: true }]) as unknown,
    });
    await decide(owner, begun);
    const polled = await poll(begun);
    if (polled.state !== "granted") throw new Error(`It was ${polled.state}`);
    const { createdAt, expiresAt } = polled.about;
    const days = (Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000;
    // The database adds days as it counts them, and the making takes a moment.
    expect(days).toBeCloseTo(tokenDays, 2);
  });

  it("goes from its code to a token that can do what was approved", async () => {
    const owner = await editor();
    const begun = await begin();
    expect(begun).toMatchObject({
      userCode: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/u) as string,
      verificationUrl: "http://localhost:3000/device",
      intervalSeconds: 5,
      expiresInSeconds: 600,
    });
    expect(await poll(begun)).toEqual({ state: "pending" });

    const shown = await (
      await by(owner)
    ).devices.describe({
      userCode: begun.userCode.toLowerCase().replace("-", " "),
    });
    expect(shown).toMatchObject({
      client: "lectern-cli on build-7",
      address: expect.stringMatching(/^2001:db8:/u) as string,
      permissions: [
        { name: "courses.write", isHeld: true },
        { name: "catalogue.export", isHeld: true },
        { name: "jobs.read", isHeld: false },
      ],
      mayApprove: true,
    });
    expect(await decide(owner, begun)).toEqual({
      state: "approved",
      permissions: ["catalogue.export"],
    });

    await waited(begun);
    const polled = await poll(begun);
    if (polled.state !== "granted") throw new Error(`It was ${polled.state}`);
    expect(polled.about).toMatchObject({
      name: "lectern-cli on build-7",
      permissions: ["catalogue.export"],
      owner: { id: owner.id },
      state: "active",
    });
    const actor = await findTokenActor(database().db, polled.token, "192.0.2.9");
    expect(actor).toMatchObject({ kind: "token", personId: owner.id });
    expect([...(actor?.permissions ?? [])]).toEqual(["catalogue.export"]);
    expect((await (await by(owner)).tokens.list({})).items).toMatchObject([
      { id: polled.about.id },
    ]);
    expect(await poll(begun)).toEqual({ state: "expired" });
  });

  it("gives its token to one of fifty who ask at once", async () => {
    const owner = await editor();
    const begun = await begin();
    await decide(owner, begun);
    const polled = await Promise.all(Array.from({ length: 50 }, () => poll(begun)));
    const states = polled.map(({ state }) => state);
    expect(states.filter((state) => state === "granted")).toHaveLength(1);
    expect(new Set(states)).toEqual(new Set(["granted", "expired"]));
    const made = await database().db.$count(apiToken, eq(apiToken.personId, owner.id));
    expect(made).toBe(1);
  });

  it("leaves nothing in the tables by which somebody could sign in", async () => {
    const owner = await editor();
    const begun = await begin();
    await poll(begun);
    const { id } = await rowOf(begun);
    const whole = async () => {
      const { rows } = await database().db.execute(sql`
        SELECT (SELECT string_agg(g::text, ' ') FROM device_grant g) AS grants,
          (SELECT string_agg(t::text, ' ') FROM api_token t) AS tokens,
          (SELECT string_agg(a::text, ' ') FROM audit_entry a) AS audit`);
      return `${JSON.stringify(rows)}\n${await keptAnswers(database().db)}`;
    };
    const before = await whole();
    expect(before).not.toContain(begun.deviceCode);
    expect(before).not.toContain(Buffer.from(begun.deviceCode).toString("hex"));
    await decide(owner, begun);
    await waited(begun);
    const polled = await poll(begun);
    if (polled.state !== "granted") throw new Error(`It was ${polled.state}`);
    const secret = polled.token.slice("lectern_pat_".length + 24, -9);
    const after = await whole();
    for (const hidden of [begun.deviceCode, polled.token, secret]) {
      expect(after).not.toContain(hidden);
      expect(after).not.toContain(Buffer.from(hidden).toString("hex"));
    }
    expect(await poll({ deviceCode: "x".repeat(43) })).toEqual({ state: "expired" });
    // What the table does hold is no device code.
    const row = await rowOf(begun);
    const stolen = Buffer.from(row.deviceCodeHash).toString("base64url");
    expect(await poll({ deviceCode: stolen.slice(0, 43) })).toEqual({ state: "expired" });
    expect(row.id).toBe(id);
  });

  it("can be refused", async () => {
    const begun = await begin();
    expect(await decide(await editor(), begun, "deny")).toEqual({
      state: "denied",
      permissions: [],
    });
    expect(await poll(begun)).toEqual({ state: "denied" });
    expect(await refusal(decide(await editor(), begun))).toMatchObject({ code: "LinkNotUsable" });
  });

  it("is decided by one of those who decide at once", async () => {
    const begun = await begin();
    const people = await Promise.all(Array.from({ length: 8 }, () => editor()));
    const outcomes = await Promise.allSettled(
      people.map((person, at) => decide(person, begun, at % 2 === 0 ? "approve" : "deny")),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is over when the database's clock says so", async () => {
    const owner = await editor();
    const [waiting, approved] = [await begin(), await begin()];
    await decide(owner, approved);
    await expire(waiting);
    await expire(approved);
    expect(await poll(waiting)).toEqual({ state: "expired" });
    expect(await poll(approved)).toEqual({ state: "expired" });
    expect(await refusal(decide(owner, waiting))).toMatchObject({ code: "LinkNotUsable" });
    const described = (await by(owner)).devices.describe({ userCode: waiting.userCode });
    expect(await refusal(described)).toMatchObject({ code: "LinkNotUsable" });
    expect(await database().db.$count(apiToken, eq(apiToken.personId, owner.id))).toBe(0);
  });

  it("tells a program that asks too soon to slow down, and lets one go on that waits", async () => {
    const begun = await begin();
    expect(await poll(begun)).toEqual({ state: "pending" });
    expect(await poll(begun)).toEqual({ state: "slow_down" });
    expect(await poll(begun)).toEqual({ state: "slow_down" });
    await waited(begun);
    expect(await poll(begun)).toEqual({ state: "pending" });
  });

  it("is decided once for a key", async () => {
    const owner = await editor();
    const begun = await begin();
    const input = {
      userCode: begun.userCode,
      decision: "approve" as const,
      permissions: ["catalogue.export"],
      idempotencyKey: newKey(),
    };
    const caller = await by(owner);
    const first = await caller.devices.decide(input);
    expect(await caller.devices.decide(input)).toEqual(first);
    expect(await refusal(caller.devices.decide({ ...input, decision: "deny" }))).toMatchObject({
      code: "IdempotencyMismatch",
    });
    expect(await keptAnswers(database().db)).not.toContain(begun.userCode);
  });

  it("is in the audit log, by whom it was done", async () => {
    const owner = await editor();
    const begun = await begin();
    const { id } = await rowOf(begun);
    await decide(owner, begun);
    const polled = await poll(begun);
    if (polled.state !== "granted") throw new Error(`It was ${polled.state}`);
    const entries = await database()
      .db.select()
      .from(auditEntry)
      .where(inArray(auditEntry.entityId, [id, polled.about.id]))
      .orderBy(auditEntry.id);
    expect(entries).toMatchObject([
      { action: "device_grant.begin", actorKind: "public" },
      { action: "device_grant.approve", actorKind: "person", actorId: owner.id },
      {
        action: "api_token.create",
        actorKind: "public",
        after: { ownerId: owner.id, deviceGrantId: id, permissions: ["catalogue.export"] },
      },
    ]);
  });
});

describe("an approval", () => {
  it("gives no more than its owner has and the program asked for", async () => {
    const owner = await editor();
    const begun = await begin(["catalogue.export", "jobs.read"]);
    expect(await refusal(decide(owner, begun, "approve", ["jobs.read"]))).toEqual({
      code: "Forbidden",
      data: { permission: "jobs.read" },
    });
    for (const permission of ["catalogue.import", "moon.fly"]) {
      const refused = await refusal(decide(owner, begun, "approve", [permission]));
      expect(refused).toMatchObject({ code: "Invalid" });
    }
    expect(await poll(begun)).toEqual({ state: "pending" });
    expect(await decide(owner, begun, "approve", [])).toMatchObject({ permissions: [] });
  });

  it("is for those who may have tokens, and needs them to show who they are", async () => {
    const begun = await begin(["runs.read"]);
    const instructor = await signIn(database().db, { role: "instructor" });
    const shown = await (await by(instructor)).devices.describe({ userCode: begun.userCode });
    expect(shown).toMatchObject({ mayApprove: false });
    expect(await refusal(decide(instructor, begun, "approve", ["runs.read"]))).toEqual({
      code: "Forbidden",
      data: { permission: "tokens.write" },
    });
    const owner = await editor();
    await owner.becomeUnconfirmed();
    for (const decision of ["approve", "deny"] as const) {
      expect(await refusal(decide(owner, begun, decision))).toMatchObject({
        code: "ConfirmationRequired",
      });
    }
    for (const call of [
      as(PUBLIC_ACTOR).devices.describe({ userCode: begun.userCode }),
      as(PUBLIC_ACTOR).devices.decide({
        userCode: begun.userCode,
        decision: "approve",
        idempotencyKey: newKey(),
      }),
    ]) {
      expect(await refusal(call)).toMatchObject({ code: "Unauthenticated" });
    }
    // Whoever did not ask for it may send it away.
    expect(await decide(instructor, begun, "deny")).toMatchObject({ state: "denied" });
  });

  it("is worth no more than its owner has when the token is used", async () => {
    const owner = await editor();
    const begun = await begin();
    await decide(owner, begun);
    await owner.loseRoles();
    const polled = await poll(begun);
    if (polled.state !== "granted") throw new Error(`It was ${polled.state}`);
    const actor = await findTokenActor(database().db, polled.token, "192.0.2.9");
    if (actor === undefined) throw new Error("The token is not good");
    expect(await refusal(as(actor).courses.export({}))).toMatchObject({ code: "Forbidden" });
  });
});

describe("guessing codes", () => {
  it("is slowed down for somebody, however many they try at once", async () => {
    const caller = await by(await editor());
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () =>
        refusal(caller.devices.describe({ userCode: formatUserCode(newUserCode()) })),
      ),
    );
    const codes = outcomes.map((body) => body?.code);
    expect(codes.filter((code) => code === "LinkNotUsable")).toHaveLength(10);
    expect(codes.filter((code) => code === "RateLimited")).toHaveLength(20);
    // Neither by deciding, nor with a code that is right.
    const begun = await begin();
    expect(await refusal(caller.devices.describe(begun))).toMatchObject({ code: "RateLimited" });
    const decided = caller.devices.decide({
      userCode: begun.userCode,
      decision: "deny",
      idempotencyKey: newKey(),
    });
    expect(await refusal(decided)).toMatchObject({ code: "RateLimited" });
  });

  it("is slowed down for an address, however many people try from there", async () => {
    const people = await Promise.all(Array.from({ length: 7 }, () => editor()));
    const codes: (string | undefined)[] = [];
    for (const [at, person] of people.entries()) {
      // Of one network: who has one address of it has all of them.
      const caller = await by(person, `2001:db8:f00d:1::${at}`);
      for (let tried = 0; tried < 10; tried += 1) {
        codes.push((await refusal(caller.devices.describe({ userCode: "BCDF-GHJK" })))?.code);
      }
    }
    expect(codes.slice(0, 60).every((code) => code === "LinkNotUsable")).toBe(true);
    expect(codes).toContain("RateLimited");
  });

  it("does not get anywhere by asking for codes without end", async () => {
    const caller = as(PUBLIC_ACTOR, "203.0.113.77");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, () =>
        caller.devices.begin({ client: "flood", permissions: [], idempotencyKey: newKey() }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
  });
});

describe("a request", () => {
  it.each([
    ["an unknown permission", { permissions: ["moon.fly"] }],
    ["a name of two lines", { client: "lectern\ncli" }],
    ["no name", { client: " " }],
  ])("with %s is refused", async (_what, overrides) => {
    const input = { client: "cli", permissions: [], idempotencyKey: newKey(), ...overrides };
    expect(await refusal(as(PUBLIC_ACTOR).devices.begin(input))).toMatchObject({ code: "Invalid" });
  });

  it("is forgotten once it is too old, and not before", async () => {
    const [old, fresh] = [await begin(), await begin()];
    await expire(old);
    expect(await forgetDevices(database().db)).toBeGreaterThanOrEqual(1);
    expect(await poll(old)).toEqual({ state: "expired" });
    await expect(rowOf(old)).rejects.toThrow(/gone/u);
    expect(await poll(fresh)).toEqual({ state: "pending" });
  });
});
