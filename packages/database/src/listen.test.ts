import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { administer } from "./driver/administer.ts";
import { type ListenOptions, type Listener, listen, notify, PAYLOAD_BYTES_MAX } from "./listen.ts";
import { useTestDatabase } from "./testing/database.ts";
import { waitFor } from "./testing/wait-for.ts";
import { transaction } from "./transaction.ts";

const database = useTestDatabase({ applicationName: "lectern-test" });

interface Heard {
  readonly listener: Listener;
  readonly notices: [channel: string, payload: string][];
  /** How often LISTEN came into force, and how often the connection was lost. */
  readonly counts: { listening: number; lost: number };
}

/** Listens to the channels "one" and "two" until the test is over. */
async function hear(options: Partial<ListenOptions> = {}): Promise<Heard> {
  const notices: Heard["notices"] = [];
  const counts = { listening: 0, lost: 0 };
  const listener = listen(database().db, {
    channels: ["one", "two"],
    onNotice: (channel, payload) => notices.push([channel, payload]),
    onListening: () => {
      counts.listening += 1;
    },
    onLost: () => {
      counts.lost += 1;
    },
    ...options,
  });
  onTestFinished(() => listener.close());
  await waitFor(() => listener.isListening);
  return { listener, notices, counts };
}

/** Ends the listeners' connections inside the server. @returns how many there were */
async function killListeners(): Promise<number> {
  await using admin = administer(database().adminUrl);
  const killed = await admin.run(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lectern-test-listener' and datname = current_database()",
  );
  return killed.length;
}

test("notices of its channels arrive once, in the order in which they were sent, and those of others don't", async () => {
  const { notices } = await hear();
  const { db } = database();
  await notify(db, "one", ["a", "b", "a"]);
  await notify(db, "three", ["unheard"]);
  await notify(db, "two", []);
  await notify(db, "two", ["c"]);
  await waitFor(() => notices.length >= 3);
  expect(notices).toEqual([
    ["one", "a"],
    ["one", "b"],
    ["two", "c"],
  ]);
});

test("a notice of a transaction arrives once that has committed, and never when it has not", async () => {
  const { notices } = await hear();
  const { db } = database();
  await transaction(db, {}, async (tx) => {
    await notify(tx, "one", ["undone"]);
    throw new Error("Rolled back");
  }).catch(() => {});
  await transaction(db, {}, (tx) => notify(tx, "one", ["done"]));
  await waitFor(() => notices.length > 0);
  expect(notices).toEqual([["one", "done"]]);
});

test("a payload may be as long as it says, and no longer", async () => {
  const { notices } = await hear();
  const { db } = database();
  await notify(db, "one", ["x".repeat(PAYLOAD_BYTES_MAX)]);
  await waitFor(() => notices.length > 0);
  expect(notices[0]?.[1]).toHaveLength(PAYLOAD_BYTES_MAX);
  await expect(notify(db, "one", ["x".repeat(PAYLOAD_BYTES_MAX + 1)])).rejects.toThrow(/payload/u);
});

test("a connection that is killed is replaced each time, and each time it is said that something may have been missed", async () => {
  const rounds = 60;
  const { listener, notices, counts } = await hear();
  for (let round = 1; round <= rounds; round += 1) {
    expect(await killListeners()).toBe(1);
    await waitFor(() => counts.listening > round);
    expect(listener.isListening).toBe(true);
    await notify(database().db, "two", [`round ${round}`]);
  }
  await waitFor(() => notices.length >= rounds);
  expect(notices.map(([, payload]) => payload)).toEqual(
    Array.from({ length: rounds }, (_, round) => `round ${round + 1}`),
  );
  expect(counts).toEqual({ listening: rounds + 1, lost: rounds });
  expect(await killListeners()).toBe(1);
});

test("one that is closed leaves no connection behind, even while it can't have one", async () => {
  const { listener } = await hear();
  const nowhere = listen(database().db, {
    channels: ["one"],
    onNotice: () => {},
    url: "postgres://nobody@127.0.0.1:1/none",
  });
  await Promise.all([listener.close(), listener.close(), nowhere.close()]);
  expect([listener.isListening, nowhere.isListening]).toEqual([false, false]);
  const connections = sql`select from pg_stat_activity where datname = current_database() and application_name = 'lectern-test-listener'`;
  await waitFor(async () => (await database().db.execute(connections)).rows.length === 0);
});
