import { administer } from "@lectern/database/driver/administer";
import { PEOPLE, addBenchPeople, beginSessions } from "../academy/bench-people.ts";
import { givenQuery, openRecording, recordOneStatement } from "../academy/recorded-work.ts";
import type { ServerProcess } from "../contenders/server-process.ts";
import { startLectern, startPlainServer, startTogether } from "../contenders/servers.ts";
import type { PreparedRow } from "../sample.ts";
import { type Bench, CLIENTS, type Row, taskContender } from "./bench.ts";
import { requireSameAnswers } from "./same-answers.ts";

/**
 * What it costs to know who asks: a query that needs nothing but the session, so that nothing hides what is around
 * it. The others look the same sessions up by the same statement, and send the same bytes.
 */

const PATH = "/trpc/account.me";

const BARE = "bare";
const ON_FASTIFY = "bare on Fastify";

export const signedInRow: Row = {
  name: "signed-in",
  title: `Somebody signed in, each of ${CLIENTS} clients another one: account.me`,
  unit: "answers/s",
  prepare,
};

async function prepare(bench: Bench): Promise<PreparedRow> {
  const { academy, processors } = bench;
  const databaseUrl = academy.catalogueUrl;
  await using starting = new AsyncDisposableStack();
  const tokens = await signEverybodyIn(databaseUrl);
  const session = await recordLookUp(databaseUrl, tokens);
  const queries = { session: givenQuery(session) };
  const place = { databaseUrl, folder: academy.folder, processors };
  const servers = await startTogether(starting, {
    lectern: startLectern(place),
    bare: startPlainServer("bare", place, queries),
    onFastify: startPlainServer("fastify", place, queries),
    stock: startPlainServer("stock", place, queries),
  });
  const headers = tokens.map((token) => ({
    cookie: `lectern_session=${token}`,
    "x-lectern-client": "bench",
  }));
  await requireSameAnswers(
    servers,
    headers.map((ofClient) => ({ path: PATH, headers: ofClient })),
    requireSomebody,
  );
  const contender = (name: string, { pid, origin }: ServerProcess) =>
    taskContender(bench, name, pid, { kind: "get", origin, paths: [PATH], headers });
  const started = starting.move();
  return {
    contenders: [
      contender("lectern", servers.lectern),
      contender(BARE, servers.bare),
      contender(ON_FASTIFY, servers.onFastify),
      contender("stock", servers.stock),
    ],
    comparisons: [
      { of: "lectern", to: BARE, aim: { atLeast: 0.8 } },
      { of: "lectern", to: ON_FASTIFY, aim: { atLeast: 0.8 } },
      { of: "lectern", to: "stock" },
      { of: "stock", to: BARE },
    ],
    notes: [
      `${PEOPLE.toLocaleString("en")} people are signed in, of whom ${CLIENTS} come.`,
      ...(session.isPrepared ? [] : ["Lectern does not prepare this row's statement."]),
    ],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** @returns tokens of those who come: one for each client */
async function signEverybodyIn(databaseUrl: string): Promise<readonly string[]> {
  await using admin = administer(databaseUrl);
  const tokens = await beginSessions(admin, await addBenchPeople(admin));
  return tokens.slice(0, CLIENTS);
}

/** @throws Error when it takes more than one statement to know whose session it is */
async function recordLookUp(databaseUrl: string, tokens: readonly string[]) {
  await using recording = await openRecording(databaseUrl);
  const tokensById = new Map(tokens.map((token) => [token.split(".", 1)[0] ?? "", token]));
  return await recordOneStatement(
    recording,
    new Map([...tokensById.keys()].map((id) => [id, (caller) => caller.account.me()])),
    tokensById,
  );
}

/** @returns the very text @throws Error when it says that nobody is signed in, as all servers may agree to */
function requireSomebody(text: string): string {
  if (text.includes('"me":null')) throw new Error("Nobody is signed in");
  return text;
}
