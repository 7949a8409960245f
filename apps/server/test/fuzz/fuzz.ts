import type { DeclaredProcedure } from "@lectern/api/trpc/declared-access";
import { PROCEDURES } from "../support/procedures.ts";
import { Dice } from "./dice.ts";
import { hostileValue, spoil } from "./hostile.ts";
import { type JsonSchema, schemaOf } from "./json-schema.ts";
import { validValue } from "./valid.ts";
import type { Caller, World } from "./world.ts";

/** What one input did that none may do. */
export interface Finding {
  readonly index: number;
  readonly procedure: string;
  readonly caller: string;
  readonly kind: "server error" | "slow" | "not JSON" | "told too much" | "no answer";
  readonly status: number;
  readonly ms: number;
  /** Of what was slow: how long it took at least, sent again and alone. */
  readonly fastestMs?: number;
  /** Begin of the input, and of the answer. */
  readonly input: string;
  readonly answer: string;
}

export interface FuzzFigures {
  readonly inputs: number;
  readonly procedures: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  /** How many took too long while others were answered, but not alone: the machine was busy. */
  readonly slowAmongOthers: number;
  readonly findings: number;
}

export interface FuzzOptions {
  /** How many. */
  readonly inputs: number;
  /** The same seed sends the same inputs, but for what refers to rows. */
  readonly seed: number;
  /** The index of the first: to look at a finding again. */
  readonly from?: number;
  /** Is told of each, in the order in which they are found: none is kept. */
  readonly onFinding: (finding: Finding) => void;
  readonly onProgress?: (sofar: { readonly done: number; readonly findings: number }) => void;
  /** Stops after the inputs that are on their way, with the figures until then. */
  readonly signal?: AbortSignal;
}

/** Nothing takes longer. */
const LIMIT_MS = 1000;
/** What took longer is sent again, so often at most: a busy machine is slow once, a slow procedure always. */
const AGAIN = 4;
/** Who is not answered by then is not answered. */
const PATIENCE_MS = 60_000;
/** After so many inputs everybody is put back. */
const REFRESH_EVERY = 500;
const LANES = 4;
const SHOWN = 600;

/** Words of ours that belong into no answer. */
const TELLS_TOO_MUCH =
  /node_modules|\bat .*\.ts:\d|PostgresError|pg_catalog|\bselect "|argon2id\$|\/packages\//u;

interface Shaped extends DeclaredProcedure {
  readonly schema: JsonSchema | undefined;
}

const SHAPED: readonly Shaped[] = PROCEDURES.map(({ input, ...declared }) => ({
  ...declared,
  schema: input === undefined ? undefined : schemaOf(input),
}));

function makeInput(schema: JsonSchema | undefined, dice: Dice, world: World): unknown {
  if (schema === undefined) return dice.isOnceIn(3) ? hostileValue(dice) : undefined;
  const manner = dice.next();
  if (manner < 0.05) return hostileValue(dice);
  const input = validValue(schema, dice, world.known);
  if (manner < 0.4) return input;
  let spoiled = spoil(input, dice);
  // One fault is refused by the first check; several find what comes after.
  while (dice.isOnceIn(3)) spoiled = spoil(spoiled, dice);
  return spoiled;
}

interface Sent {
  readonly index: number;
  readonly procedure: Shaped;
  readonly caller: Caller;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly ms: number;
  readonly text: string;
}

async function send(url: string, { procedure, caller, body }: Sent): Promise<Answer> {
  const begin = performance.now();
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const isStream = procedure.type === "subscription";
  const headers = {
    "x-lectern-client": "fuzz",
    "sec-fetch-site": "same-origin",
    ...caller.headers,
    ...(!isStream && { "content-type": "application/json" }),
  };
  const address = `${url}/trpc/${procedure.path}`;
  const response = isStream
    ? await fetch(`${address}?input=${encodeURIComponent(body).slice(0, 6000)}`, {
        headers,
        signal,
      })
    : await fetch(address, { method: "POST", headers, body, signal });
  if (isStream && response.status === 200) {
    controller.abort();
    return { status: 200, ms: performance.now() - begin, text: "{}" };
  }
  const text = await response.text();
  return { status: response.status, ms: performance.now() - begin, text };
}

/** @returns the answer, or with the status 0 why there is none */
async function answerTo(url: string, sent: Sent): Promise<Answer> {
  try {
    // A connection that was kept alive may be closed in the moment in which it is used again.
    return await send(url, sent).catch(() => send(url, sent));
  } catch (error) {
    return { status: 0, ms: 0, text: String(error) };
  }
}

function faultOf({ status, ms, text }: Answer): Finding["kind"] | undefined {
  if (status === 0) return "no answer";
  if (status >= 500 && status !== 503) return "server error";
  if (TELLS_TOO_MUCH.test(text)) return "told too much";
  try {
    JSON.parse(text);
  } catch {
    return "not JSON";
  }
  return ms > LIMIT_MS ? "slow" : undefined;
}

function stringify(input: unknown): string {
  return JSON.stringify(input) ?? "";
}

const IDEMPOTENCY_KEY = /("idempotencyKey":")[\da-f]{8}-[\da-f-]{27}"/u;

/** The same once more: with its old key, a change would not be made again but its answer told from memory. */
function sentAgain({ body, ...sent }: Sent, { callers }: World): Sent {
  return {
    ...sent,
    // Another input may have signed them out.
    caller: callers.find(({ name }) => name === sent.caller.name) ?? sent.caller,
    body: body.replace(IDEMPOTENCY_KEY, `$1${crypto.randomUUID()}"`),
  };
}

/** Sends valid, nearly valid and hostile inputs to every procedure, as people of several roles. */
export async function fuzz(url: string, world: World, options: FuzzOptions): Promise<FuzzFigures> {
  const { inputs, seed, from = 0, signal } = options;
  const byStatus: Record<string, number> = {};
  const reached = new Set<string>();
  let done = 0;
  let slowestMs = 0;
  let slowAmongOthers = 0;
  let findings = 0;

  function make(index: number): Sent {
    const dice = new Dice(seed * 10_000_000 + index);
    const procedure = SHAPED[index % SHAPED.length] ?? dice.oneOf(SHAPED);
    const caller = dice.oneOf(world.callers);
    return { index, procedure, caller, body: stringify(makeInput(procedure.schema, dice, world)) };
  }

  function tell(kind: Finding["kind"], sent: Sent, answer: Answer, fastestMs?: number): void {
    findings += 1;
    options.onFinding({
      index: sent.index,
      procedure: sent.procedure.path,
      caller: sent.caller.name,
      kind,
      status: answer.status,
      ms: Math.round(answer.ms),
      ...(fastestMs !== undefined && { fastestMs: Math.round(fastestMs) }),
      input: sent.body.slice(0, SHOWN),
      answer: answer.text.slice(0, SHOWN),
    });
  }

  /** What took too long among others is slow when it takes as long each time that it is sent alone. */
  async function tryAlone(sent: Sent, answer: Answer): Promise<void> {
    let fastestMs = answer.ms;
    for (let again = 0; again < AGAIN && fastestMs > LIMIT_MS; again += 1) {
      await world.refresh();
      const alone = await answerTo(url, sentAgain(sent, world));
      const kind = faultOf(alone);
      if (kind !== undefined && kind !== "slow") {
        tell(kind, sent, alone);
        return;
      }
      fastestMs = Math.min(fastestMs, alone.ms);
    }
    if (fastestMs > LIMIT_MS) tell("slow", sent, answer, fastestMs);
    else slowAmongOthers += 1;
  }

  const last = from + inputs;
  for (let begin = from; begin < last && signal?.aborted !== true; begin += REFRESH_EVERY) {
    await world.refresh();
    const end = Math.min(begin + REFRESH_EVERY, last);
    const slow: [sent: Sent, answer: Answer][] = [];
    let next = begin;
    const lane = async () => {
      while (next < end && signal?.aborted !== true) {
        const sent = make(next);
        next += 1;
        const answer = await answerTo(url, sent);
        done += 1;
        reached.add(sent.procedure.path);
        byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
        slowestMs = Math.max(slowestMs, answer.ms);
        const kind = faultOf(answer);
        if (kind === "slow") slow.push([sent, answer]);
        else if (kind !== undefined) tell(kind, sent, answer);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    for (const [sent, answer] of slow) await tryAlone(sent, answer);
    options.onProgress?.({ done, findings });
  }
  return {
    inputs: done,
    procedures: reached.size,
    byStatus,
    slowestMs: Math.round(slowestMs),
    slowAmongOthers,
    findings,
  };
}
