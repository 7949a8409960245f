import { type Actor, operatorActor } from "@lectern/auth/actor";
import { findTokenActor } from "@lectern/auth/api-token";
import { PERMISSIONS } from "@lectern/auth/permissions";
import { PERMISSIONS_OF } from "@lectern/auth/roles";
import type { DomainErrorBody } from "@lectern/contract/errors";
import { auditEntry, idempotencyKey } from "@lectern/database/schema/operations";
import { apiToken, person } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { TRPCError } from "@trpc/server";
import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { appRouter } from "../../../app-router.ts";
import { answerPlaceOf } from "../../../shared/once-only.ts";
import { TEST_FIELDS, newKey, testContext } from "../../../testing/factories.ts";
import { type SignedIn, signIn } from "../../../testing/signed-in.ts";
import { domainErrorOf } from "../../../trpc/errors.ts";
import { t } from "../../../trpc/init.ts";

const database = useTestDatabase();
const callerOf = t.createCallerFactory(appRouter);

function as(actor: Actor) {
  return callerOf(testContext(database().db, actor));
}

async function by(person: SignedIn) {
  return as(await person.actor());
}

/** A program that shows this token. */
async function showing(token: string) {
  const actor = await findTokenActor(database().db, token, "192.0.2.9");
  return as(actor ?? { kind: "public" });
}

/** What a call is refused with, as the wire tells it. */
async function refusal(call: Promise<unknown>): Promise<DomainErrorBody | undefined> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw new TypeError("The call was not refused");
  return domainErrorOf(error)?.body;
}

function wanted(overrides: Partial<{ permissions: string[]; expiresInDays: number }> = {}) {
  return {
    name: "Nightly export",
    permissions: ["catalogue.export"],
    idempotencyKey: newKey(),
    ...overrides,
  };
}

const EDITORS = PERMISSIONS_OF.course_editor;

const administrator = () => signIn(database().db, { role: "administrator" });
const editor = () => signIn(database().db, { role: "course_editor" });

describe("making a token", () => {
  it("shows it once, and what it was made with", async () => {
    const owner = await editor();
    const caller = await by(owner);
    const { token, about } = await caller.tokens.create(
      wanted({ permissions: ["courses.read", "catalogue.export", "courses.read"] }),
    );
    expect(token).toMatch(/^lectern_pat_/u);
    expect(about).toMatchObject({
      name: "Nightly export",
      permissions: ["courses.read", "catalogue.export"],
      owner: { id: owner.id, name: owner.name },
      state: "active",
      lastUsedAt: null,
      lastUsedAddress: null,
      revokedAt: null,
    });
    const days = (Date.parse(about.expiresAt) - Date.parse(about.createdAt)) / 86_400_000;
    expect(Math.round(days)).toBe(90);
    const list = await caller.tokens.list({});
    expect(list.items).toEqual([about]);
    expect(JSON.stringify(list)).not.toContain("lectern_pat_");
  });

  it("can be used from then on, for what it was given and nothing else", async () => {
    const { token } = await (await by(await editor())).tokens.create(wanted());
    const program = await showing(token);
    expect((await program.courses.export({})).items).toBeDefined();
    expect(await refusal(program.courses.import({ records: [] }))).toMatchObject({
      code: "Forbidden",
    });
    expect(await program.tokens.self()).toMatchObject({ permissions: ["catalogue.export"] });
  });

  it("is for nobody who does not have its permissions: not one of many", async () => {
    const caller = await by(await editor());
    const refused: (DomainErrorBody | undefined)[] = [];
    for (const permission of PERMISSIONS.filter((one) => !EDITORS.includes(one))) {
      refused.push(
        await refusal(
          caller.tokens.create(wanted({ permissions: ["catalogue.export", permission] })),
        ),
      );
    }
    expect(refused).toEqual(
      PERMISSIONS.filter((one) => !EDITORS.includes(one)).map((permission) => ({
        code: "Forbidden",
        data: { permission },
      })),
    );
    expect(refused.length).toBeGreaterThan(20);
    const all = await caller.tokens.create(wanted({ permissions: [...EDITORS] }));
    expect(all.about.permissions.toSorted()).toEqual(EDITORS.toSorted());
  });

  it("takes what its owner has for a part of the academy, as that", async () => {
    // To have tokens is the academy's to give, everywhere; runs are looked after in one country.
    const owner = await signIn(
      database().db,
      { role: "course_editor" },
      { role: "sales", country: "NO" },
    );
    const { token } = await (
      await by(owner)
    ).tokens.create(wanted({ permissions: ["runs.write"] }));
    const actor = await findTokenActor(database().db, token, "192.0.2.9");
    expect(actor?.grants).toContainEqual({
      role: "sales",
      scope: { kind: "country", country: "NO" },
    });
  });

  it.each([
    ["an unknown permission", { permissions: ["catalogue.burn"] }],
    ["what every object has", { permissions: ["constructor"] }],
    ["no permission", { permissions: [] }],
    ["no time", { expiresInDays: 0 }],
    ["more than a year", { expiresInDays: 366 }],
    ["half a day", { expiresInDays: 0.5 }],
  ])("with %s is refused", async (_what, overrides) => {
    const caller = await by(await administrator());
    expect(await refusal(caller.tokens.create(wanted(overrides)))).toMatchObject({
      code: "Invalid",
    });
  });

  it("is for staff, but not for instructors, learners and companies", async () => {
    const { db } = database();
    for (const role of ["course_editor", "sales", "finance", "administrator"] as const) {
      const caller = await by(await signIn(db, { role }));
      expect(
        (await caller.tokens.create(wanted({ permissions: ["courses.read"] }))).token,
      ).toBeDefined();
    }
    const instructor = await by(await signIn(db, { role: "instructor" }));
    const nobody = await by(await signIn(db));
    for (const caller of [instructor, nobody]) {
      expect(await refusal(caller.tokens.create(wanted({ permissions: ["runs.read"] })))).toEqual({
        code: "Forbidden",
        data: { permission: "tokens.write" },
      });
    }
  });

  it("asks for who they are again", async () => {
    const owner = await administrator();
    await owner.becomeUnconfirmed();
    expect(await refusal((await by(owner)).tokens.create(wanted()))).toMatchObject({
      code: "ConfirmationRequired",
    });
  });

  it("is not for tokens, nor for the operator, who has one", async () => {
    const { token } = await (
      await by(await administrator())
    ).tokens.create(wanted({ permissions: ["tokens.write", "catalogue.export"] }));
    for (const caller of [await showing(token), as(operatorActor("test"))]) {
      expect(await refusal(caller.tokens.create(wanted()))).toMatchObject({ code: "Forbidden" });
    }
  });

  it("happens once for a key, and is not shown again", async () => {
    const owner = await administrator();
    const caller = await by(owner);
    const input = wanted();
    const { token, about } = await caller.tokens.create(input);
    expect(await refusal(caller.tokens.create(input))).toEqual({
      code: "Conflict",
      data: { reason: "already_exists", entity: "api_token", detail: about.id },
    });
    expect(await refusal(caller.tokens.create({ ...input, name: "Other" }))).toMatchObject({
      code: "IdempotencyMismatch",
    });
    expect((await caller.tokens.list({})).total).toBe(1);
    const [kept] = await database()
      .db.select()
      .from(idempotencyKey)
      .where(eq(idempotencyKey.key, input.idempotencyKey));
    // Not even encrypted: what is kept can be opened again, and does not hold the token.
    const { e1 } = z.object({ e1: z.string() }).parse(kept?.answer);
    const place = answerPlaceOf(kept?.scope ?? "", input.idempotencyKey);
    expect(JSON.parse(await TEST_FIELDS.decrypt(place, e1))).toEqual({ id: about.id });
    expect(JSON.stringify(kept)).not.toContain(token.slice(-60));
  });

  it("shows it to one of those who come at once with one key", async () => {
    const caller = await by(await administrator());
    const input = wanted();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => caller.tokens.create(input)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await caller.tokens.list({})).total).toBe(1);
  });

  it("is in the audit log, without the token or its name", async () => {
    const owner = await administrator();
    const { token, about } = await (await by(owner)).tokens.create(wanted());
    const entries = await database()
      .db.select()
      .from(auditEntry)
      .where(and(eq(auditEntry.entity, "api_token"), eq(auditEntry.entityId, about.id)));
    expect(entries).toMatchObject([
      {
        action: "api_token.create",
        actorKind: "person",
        actorId: owner.id,
        after: { ownerId: owner.id, permissions: ["catalogue.export"], days: 90 },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain("Nightly");
    expect(JSON.stringify(entries)).not.toContain(token.slice(12, 60));
  });
});

describe("a token", () => {
  it("loses what its owner loses, at once", async () => {
    const owner = await editor();
    const { token } = await (await by(owner)).tokens.create(wanted());
    await owner.loseRoles();
    const program = await showing(token);
    expect(await refusal(program.courses.export({}))).toEqual({
      code: "Forbidden",
      data: { permission: "catalogue.export" },
    });
    expect(await program.tokens.self()).toMatchObject({ permissions: [] });
  });

  it("does not act as a person", async () => {
    const { token } = await (
      await by(await administrator())
    ).tokens.create(wanted({ permissions: [...PERMISSIONS] }));
    const program = await showing(token);
    expect(await program.account.me()).toEqual({ me: null });
    for (const call of [
      program.devices.describe({ userCode: "BCDF-GHJK" }),
      program.devices.decide({ userCode: "BCDF-GHJK", decision: "deny", idempotencyKey: newKey() }),
    ]) {
      expect(await refusal(call)).toEqual({ code: "Unauthenticated", data: {} });
    }
  });

  it("says whose it is and what it can do", async () => {
    const owner = await editor();
    const { token, about } = await (
      await by(owner)
    ).tokens.create(
      wanted({ permissions: ["courses.write", "catalogue.export"], expiresInDays: 1 }),
    );
    expect(await (await showing(token)).tokens.self()).toEqual({
      kind: "token",
      id: about.id,
      name: "Nightly export",
      permissions: ["courses.write", "catalogue.export"],
      expiresAt: about.expiresAt,
      owner: { id: owner.id, name: owner.name },
    });
    expect(await as(operatorActor("test")).tokens.self()).toEqual({ kind: "operator" });
  });

  it("that is not good, and nobody's, is told so in the same words", async () => {
    const owner = await administrator();
    const caller = await by(owner);
    const expired = await caller.tokens.create(wanted());
    const revoked = await caller.tokens.create(wanted());
    await caller.tokens.revoke({ id: revoked.about.id, idempotencyKey: newKey() });
    await database()
      .db.update(apiToken)
      .set({ expiresAt: sql`clock_timestamp()` })
      .where(eq(apiToken.id, expired.about.id));
    const messages = new Set<string>();
    for (const token of [expired.token, revoked.token, `${expired.token}x`]) {
      const error: unknown = await (
        await showing(token)
      ).tokens
        .self()
        .catch((reason: unknown) => reason);
      if (!(error instanceof TRPCError)) throw new TypeError("It was not refused");
      expect(domainErrorOf(error)?.body).toEqual({ code: "Unauthenticated", data: {} });
      messages.add(error.message);
    }
    expect(messages.size).toBe(1);
    // A person's browser shows none either.
    expect(await refusal(caller.tokens.self())).toEqual({ code: "Unauthenticated", data: {} });
  });

  it("shows when and from where it was used last", async () => {
    const caller = await by(await administrator());
    const { token } = await caller.tokens.create(wanted());
    await showing(token);
    const [listed] = (await caller.tokens.list({})).items;
    expect(listed?.lastUsedAddress).toBe("192.0.2.9");
    expect(Date.parse(listed?.lastUsedAt ?? "")).not.toBeNaN();
  });
});

describe("revoking a token", () => {
  it("ends it at once, and twice is as good as once", async () => {
    const caller = await by(await administrator());
    const { token, about } = await caller.tokens.create(wanted());
    expect(await (await showing(token)).tokens.self()).toBeDefined();
    const input = { id: about.id, idempotencyKey: newKey() };
    expect(await caller.tokens.revoke(input)).toEqual({ done: true });
    expect(await caller.tokens.revoke(input)).toEqual({ done: true });
    expect(await caller.tokens.revoke({ ...input, idempotencyKey: newKey() })).toEqual({
      done: true,
    });
    expect(await refusal((await showing(token)).tokens.self())).toMatchObject({
      code: "Unauthenticated",
    });
    expect((await caller.tokens.list({})).items).toEqual([]);
    const [ended] = (await caller.tokens.list({ includeEnded: true })).items;
    expect(ended).toMatchObject({ id: about.id, state: "revoked" });
    const entries = await database()
      .db.select()
      .from(auditEntry)
      .where(and(eq(auditEntry.action, "api_token.revoke"), eq(auditEntry.entityId, about.id)));
    expect(entries).toHaveLength(1);
  });

  it("is for its owner and for whoever looks after people; to others it is not there", async () => {
    const owner = await by(await editor());
    const { about } = await owner.tokens.create(wanted());
    const input = () => ({ id: about.id, idempotencyKey: newKey() });
    const stranger = await by(await signIn(database().db, { role: "sales" }));
    expect(await refusal(stranger.tokens.revoke(input()))).toEqual({
      code: "NotFound",
      data: { entity: "api_token", id: about.id },
    });
    expect(await refusal(stranger.tokens.revoke({ ...input(), id: uuidv7() }))).toMatchObject({
      code: "NotFound",
    });
    expect((await owner.tokens.list({})).total).toBe(1);
    await (await by(await administrator())).tokens.revoke(input());
    expect((await owner.tokens.list({})).total).toBe(0);
  });

  it("can be done by the operator", async () => {
    const { about, token } = await (await by(await editor())).tokens.create(wanted());
    await as(operatorActor("test")).tokens.revoke({ id: about.id, idempotencyKey: newKey() });
    expect(await refusal((await showing(token)).tokens.self())).toMatchObject({
      code: "Unauthenticated",
    });
  });

  it("can be done by the program that shows it", async () => {
    const { token, about } = await (await by(await editor())).tokens.create(wanted());
    const program = await showing(token);
    expect(await program.tokens.revokeSelf({ idempotencyKey: newKey() })).toEqual({ done: true });
    const again = (await showing(token)).tokens.revokeSelf({ idempotencyKey: newKey() });
    expect(await refusal(again)).toEqual({ code: "Unauthenticated", data: {} });
    const [entry] = await database()
      .db.select()
      .from(auditEntry)
      .where(and(eq(auditEntry.action, "api_token.revoke"), eq(auditEntry.entityId, about.id)));
    expect(entry).toMatchObject({ actorKind: "token", actorId: about.id });
    for (const actor of [operatorActor("test"), { kind: "public" } as const]) {
      const refused = as(actor).tokens.revokeSelf({ idempotencyKey: newKey() });
      expect(await refusal(refused)).toMatchObject({ code: "Unauthenticated" });
    }
  });
});

describe("the list of tokens", () => {
  it("has one's own, the newest first, each once over its pages", async () => {
    const owner = await administrator();
    const caller = await by(owner);
    await (await by(await administrator())).tokens.create(wanted());
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) made.push((await caller.tokens.create(wanted())).about.id);
    // Within one millisecond: cursors know no less.
    for (const [at, id] of made.entries()) {
      await database()
        .db.update(apiToken)
        .set({ createdAt: sql`date_trunc('day', now()) + make_interval(secs => ${at} / 1e6)` })
        .where(eq(apiToken.id, id));
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof caller.tokens.list>> = await caller.tokens.list({
        limit: 2,
        cursor,
      });
      expect(page.total).toBe(5);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.toSorted()).toEqual(made.toSorted());
  });

  it("has everybody's for whoever looks after people, and for nobody else", async () => {
    const owner = await editor();
    const { about } = await (await by(owner)).tokens.create(wanted());
    for (const caller of [await by(await administrator()), as(operatorActor("test"))]) {
      const all = await caller.tokens.list({ of: "everybody", limit: 100, includeEnded: true });
      expect(all.items.map(({ id }) => id)).toContain(about.id);
      expect((await caller.tokens.list({})).items).toEqual([]);
    }
    expect(await refusal((await by(owner)).tokens.list({ of: "everybody" }))).toEqual({
      code: "Forbidden",
      data: { permission: "people.write" },
    });
  });

  it("leaves out what has ended, unless it is asked for", async () => {
    const caller = await by(await administrator());
    const { about } = await caller.tokens.create(wanted());
    await database()
      .db.update(apiToken)
      .set({ expiresAt: sql`clock_timestamp()` })
      .where(eq(apiToken.id, about.id));
    expect((await caller.tokens.list({})).total).toBe(0);
    expect((await caller.tokens.list({ includeEnded: true })).items).toMatchObject([
      { id: about.id, state: "expired" },
    ]);
  });

  it("refuses a cursor that it did not make", async () => {
    const caller = await by(await administrator());
    expect(await refusal(caller.tokens.list({ cursor: "bm9uc2Vuc2U" }))).toMatchObject({
      code: "Invalid",
    });
  });
});

it("somebody who is suspended has no tokens that are good, until they are restored", async () => {
  const { db } = database();
  const owner = await administrator();
  const { token } = await (await by(owner)).tokens.create(wanted());
  await db
    .update(person)
    .set({ suspendedAt: sql`clock_timestamp()` })
    .where(eq(person.id, owner.id));
  expect(await refusal((await showing(token)).courses.export({}))).toMatchObject({
    code: "Unauthenticated",
  });
  await db.update(person).set({ suspendedAt: null }).where(eq(person.id, owner.id));
  expect((await (await showing(token)).courses.export({})).items).toBeDefined();
});
