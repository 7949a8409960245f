import { idempotencyKey } from "@lectern/database/schema/operations";
import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { OPERATOR_CALL, newKey, testCall } from "../testing/factories.ts";
import { onceOnly } from "./once-only.ts";

const database = useTestDatabase({ poolSize: 10 });
const Answer = z.object({ name: z.string(), at: z.number().nullable() });
const ANSWER = { name: "Ingrid Berg", at: null };

interface Request {
  readonly idempotencyKey: string;
  readonly body?: string;
}

function ask(request: Request, more: { call?: typeof OPERATOR_CALL; effect?: () => void } = {}) {
  const { call = OPERATOR_CALL, effect } = more;
  return transaction(database().db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "test.ask", request, Answer, () => {
      effect?.();
      return Promise.resolve(ANSWER);
    }),
  );
}

async function storedFor(key: string) {
  const rows = await database().db.select().from(idempotencyKey).where(eq(idempotencyKey.key, key));
  return rows;
}

describe("the answer to a keyed request", () => {
  it("is kept encrypted, and given again", async () => {
    const request = { idempotencyKey: newKey() };
    let effects = 0;
    const effect = () => (effects += 1);
    expect(await ask(request, { effect })).toEqual(ANSWER);
    expect(await ask(request, { effect })).toEqual(ANSWER);
    expect(effects).toBe(1);
    const [stored] = await storedFor(request.idempotencyKey);
    expect(stored?.answer).toEqual({ e1: expect.stringMatching(/^e1:1:/u) as string });
    expect(JSON.stringify(stored)).not.toContain("Ingrid");
  });

  it("is given to all who come at once, and worked out once", async () => {
    const request = { idempotencyKey: newKey() };
    let effects = 0;
    const effect = () => (effects += 1);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(request, { effect })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify(ANSWER)]),
    );
    expect(effects).toBe(1);
  });

  it("is read as earlier releases kept it", async () => {
    const request = { idempotencyKey: newKey() };
    await ask(request);
    await database()
      .db.update(idempotencyKey)
      .set({ answer: { name: "As it was", at: 7 } })
      .where(eq(idempotencyKey.key, request.idempotencyKey));
    expect(await ask(request)).toEqual({ name: "As it was", at: 7 });
  });

  it("is another for another caller with the same key, and refused in the other's place", async () => {
    const request = { idempotencyKey: newKey() };
    await ask(request);
    await ask(request, { call: testCall() });
    const [one, other] = await storedFor(request.idempotencyKey);
    expect(one?.scope).not.toBe(other?.scope);
    await database()
      .db.update(idempotencyKey)
      .set({ answer: one?.answer })
      .where(eq(idempotencyKey.key, request.idempotencyKey));
    const outcomes = await Promise.allSettled([ask(request), ask(request, { call: testCall() })]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("is not given for another request", async () => {
    const key = newKey();
    await ask({ idempotencyKey: key });
    await expect(ask({ idempotencyKey: key, body: "other" })).rejects.toMatchObject({
      code: "IdempotencyMismatch",
    });
  });
});
