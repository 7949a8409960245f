import { randomUUID } from "node:crypto";
import { benchRunId } from "../academy/bench-runs.ts";
import type { Answer } from "./answer-reader.ts";
import {
  type HttpConnection,
  getRequest,
  openConnection,
  postRequests,
} from "./http-connection.ts";
import type { Attempts } from "./loops.ts";
import {
  HELD,
  type Headers,
  SIGNED_IN,
  SOLD_OUT,
  TURNED_AWAY,
  type Task,
  UNAVAILABLE,
} from "./messages.ts";

export interface GetOptions {
  /** Of each client, in turn. */
  readonly headers?: readonly Headers[] | undefined;
  /** Statuses that are outcomes: 200 by default. */
  readonly accepted?: readonly number[] | undefined;
}

/** Gets addresses one after the other, each client from another one on. */
export async function getAttempts(
  origin: string,
  paths: readonly string[],
  clients: number,
  { headers = [{}], accepted = [200] }: GetOptions = {},
): Promise<Attempts> {
  const requests = headers.map((ofClient) =>
    paths.map((path) => getRequest(origin, path, ofClient)),
  );
  const next = Array.from({ length: clients }, (_, client) => client);
  return overHttp(origin, clients, async (connection, client) => {
    const turn = next[client] ?? 0;
    next[client] = turn + 1;
    const request = requests[client % headers.length]?.[turn % paths.length] ?? "";
    const answer = await connection.ask(request);
    if (!accepted.includes(answer.status)) throw unexpected(request, answer);
    return String(answer.status);
  });
}

/** Sends the same again and again, but for a field that gets a UUID of its own where there is one. */
export async function postAttempts(
  { origin, path, body, freshField, accepted }: Extract<Task, { kind: "post" }>,
  clients: number,
): Promise<Attempts> {
  const requestOf = postRequests(origin, path);
  return overHttp(origin, clients, async (connection) => {
    const request = requestOf(
      freshField === undefined ? body : { ...body, [freshField]: randomUUID() },
    );
    const answer = await connection.ask(request);
    if (answer.status !== accepted) throw unexpected(request, answer);
    return String(answer.status);
  });
}

/** Holds one place of a run, drawn by lot. */
export async function holdAttempts(
  origin: string,
  runs: number,
  clients: number,
): Promise<Attempts> {
  const holdRequest = postRequests(origin, "/trpc/bookings.hold");
  return overHttp(origin, clients, async (connection) => {
    const request = holdRequest({
      runId: benchRunId(Math.floor(Math.random() * runs)),
      places: 1,
      idempotencyKey: randomUUID(),
    });
    const answer = await connection.ask(request);
    if (answer.status === 200) return HELD;
    if (answer.status === 409 && answer.body.includes("SoldOut")) return SOLD_OUT;
    throw unexpected(request, answer);
  });
}

type Somebody = Extract<Task, { kind: "sign in" }>["people"][number];

/** Signs somebody in by their password: another one for each client. */
export async function signInAttempts(
  origin: string,
  people: readonly Somebody[],
  clients: number,
): Promise<Attempts> {
  return overHttp(origin, clients, async (connection, client) => {
    const somebody = people[client];
    if (somebody === undefined) throw new RangeError(`There is nobody for client ${client}`);
    const { email, password, headers } = somebody;
    const request = postRequests(
      origin,
      "/trpc/account.signIn",
      headers,
    )({ email, password, idempotencyKey: randomUUID() });
    const answer = await connection.ask(request);
    if (answer.status === 200 && answer.body.includes("signed_in")) return SIGNED_IN;
    if (answer.status === 429) return TURNED_AWAY;
    if (answer.status === 503) return UNAVAILABLE;
    throw unexpected(request, answer);
  });
}

async function overHttp(
  origin: string,
  clients: number,
  attempt: (connection: HttpConnection, client: number) => Promise<string>,
): Promise<Attempts> {
  const connections = await Promise.all(
    Array.from({ length: clients }, () => openConnection(origin)),
  );
  return {
    attempt(client) {
      const connection = connections[client];
      if (connection === undefined) throw new RangeError(`There is no client ${client}`);
      return attempt(connection, client);
    },
    [Symbol.asyncDispose]() {
      for (const connection of connections) connection.close();
      return Promise.resolve();
    },
  };
}

function unexpected(request: string, { status, body }: Answer): Error {
  const [line = ""] = request.split("\r\n", 1);
  return new Error(`${line} was answered by ${status}: ${body.toString().slice(0, 500)}`);
}
