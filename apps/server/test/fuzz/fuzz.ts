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
  /** Begin of the input, and of the answer. */
  readonly input: string;
  readonly answer: string;
}

export interface FuzzFigures {
  readonly inputs: number;
  readonly procedures: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly findings: readonly Finding[];
}

/** Nothing takes longer. */
const LIMIT_MS = 1000;
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

interface Answer {
  readonly status: number;
  readonly ms: number;
  readonly text: string;
}

async function send(url: string, procedure: Shaped, caller: Caller, body: string): Promise<Answer> {
  const begin = performance.now();
  const controller = new AbortController();
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
        signal: controller.signal,
      })
    : await fetch(address, { method: "POST", headers, body });
  if (isStream && response.status === 200) {
    controller.abort();
    return { status: 200, ms: performance.now() - begin, text: "{}" };
  }
  const text = await response.text();
  return { status: response.status, ms: performance.now() - begin, text };
}

function faultOf({ status, ms, text }: Answer): Finding["kind"] | undefined {
  if (status >= 500 && status !== 503) return "server error";
  if (ms > LIMIT_MS) return "slow";
  if (TELLS_TOO_MUCH.test(text)) return "told too much";
  try {
    JSON.parse(text);
  } catch {
    return "not JSON";
  }
  return undefined;
}

function stringify(input: unknown): string {
  return JSON.stringify(input) ?? "";
}

/**
 * Sends valid, nearly valid and hostile inputs to every procedure, as people of several roles.
 *
 * @param options.inputs how many
 * @param options.seed the same seed sends the same inputs, but for what refers to rows
 * @param options.only one input alone, by its index: to look at a finding again
 */
export async function fuzz(
  url: string,
  world: World,
  options: {
    readonly inputs: number;
    readonly seed: number;
    readonly onProgress?: (done: number) => void;
  },
): Promise<FuzzFigures> {
  const { inputs, seed } = options;
  const findings: Finding[] = [];
  const byStatus: Record<string, number> = {};
  const reached = new Set<string>();
  let slowestMs = 0;

  async function one(index: number): Promise<void> {
    const dice = new Dice(seed * 10_000_000 + index);
    const procedure = SHAPED[index % SHAPED.length] ?? dice.oneOf(SHAPED);
    const caller = dice.oneOf(world.callers);
    const body = stringify(makeInput(procedure.schema, dice, world));
    let answer: Answer;
    try {
      // A connection that was kept alive may be closed in the moment in which it is used again.
      answer = await send(url, procedure, caller, body).catch(() =>
        send(url, procedure, caller, body),
      );
      // A busy machine is slow once; a slow procedure is slow again.
      for (let again = 0; again < 2 && faultOf(answer) === "slow"; again += 1) {
        answer = await send(url, procedure, caller, body);
      }
    } catch (error) {
      answer = { status: 0, ms: 0, text: String(error) };
    }
    reached.add(procedure.path);
    byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
    slowestMs = Math.max(slowestMs, answer.ms);
    const kind = answer.status === 0 ? "no answer" : faultOf(answer);
    if (kind === undefined) return;
    findings.push({
      index,
      procedure: procedure.path,
      caller: caller.name,
      kind,
      status: answer.status,
      ms: Math.round(answer.ms),
      input: body.slice(0, SHOWN),
      answer: answer.text.slice(0, SHOWN),
    });
  }

  for (let from = 0; from < inputs; from += REFRESH_EVERY) {
    await world.refresh();
    let next = from;
    const end = Math.min(from + REFRESH_EVERY, inputs);
    const lane = async () => {
      while (next < end) {
        const index = next;
        next += 1;
        await one(index);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    options.onProgress?.(end);
  }
  return { inputs, procedures: reached.size, byStatus, slowestMs: Math.round(slowestMs), findings };
}
