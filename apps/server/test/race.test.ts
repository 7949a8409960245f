import { createTestRun } from "@lectern/api/testing/factories";
import { ledgerOf } from "@lectern/api/testing/ledger";
import { newIdempotencyKey, safe } from "@lectern/client";
import { booking } from "@lectern/database/schema/bookings";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { useTestServer } from "./support/test-server.ts";

const server = useTestServer();

const ATTEMPTS = 600;
const PLACES = 100;
const SENT_TWICE = 3;

describe("a race for the places of one run, over HTTP", () => {
  it("sells each of them once, and answers everybody", async () => {
    const { client, db } = server();
    const run = await createTestRun(db, { capacity: PLACES });
    const attempts = Array.from({ length: ATTEMPTS }, async (_, index) => {
      const input = {
        runId: run.id,
        places: (index % 4) + 1,
        idempotencyKey: newIdempotencyKey(),
      };
      // Some are sent again at once, as an impatient program would.
      const sent = index % SENT_TWICE === 0 ? [input, input] : [input];
      const answers = await Promise.all(sent.map((one) => safe(client.bookings.hold.mutate(one))));
      expect(
        new Set(answers.map((answer) => (answer.ok ? answer.data.reference : "refused"))).size,
      ).toBe(1);
      return answers[0];
    });
    const answers = await Promise.all(attempts);

    const held = answers.filter((answer) => answer?.ok === true).map(({ data }) => data);
    const refusals = answers
      .filter((answer) => answer?.ok === false)
      .map(({ error }) => error.code);
    expect(held.length + refusals.length).toBe(ATTEMPTS);
    expect(new Set(refusals)).toEqual(new Set(["SoldOut"]));
    expect(held.reduce((sum, { places }) => sum + places, 0)).toBe(PLACES);
    expect(new Set(held.map(({ reference }) => reference)).size).toBe(held.length);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: PLACES, allocated: PLACES });
    expect(
      await db.$count(booking, and(eq(booking.runId, run.id), eq(booking.status, "held"))),
    ).toBe(held.length);
  });
});
