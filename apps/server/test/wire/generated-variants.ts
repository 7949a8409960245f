import { MAX_BATCH_SIZE } from "@lectern/contract/cacheable";
import { Dice } from "../fuzz/dice.ts";
import { hostileValue, spoil } from "../fuzz/hostile.ts";
import { CONTEXT_HEADER, CONTEXTS } from "./specimen-server.ts";
import { INPUTS, MUTATIONS, PROCEDURES, QUERIES } from "./specimen-variants.ts";
import { type RequestOptions, type Variant, bytesOf, requestOf, variantOf } from "./variant.ts";
import { WORLDS, type WorldName } from "./worlds.ts";

/**
 * Requests at random: most of them as a client writes them, the others with something in them that no client would write.
 * Whether our handler has to answer one is decided here from how it was made, and not from what the handler says.
 */

const WORLD_NAMES = Object.keys(WORLDS).filter((name): name is WorldName =>
  Object.hasOwn(WORLDS, name),
);

const WEIRD_NAMES = ["unknown", "", "lazy.query", "echo ", "Echo", "input", ".", "e%63ho", "then"];
const SUBSCRIPTIONS = PROCEDURES.filter(({ type }) => type === "subscription").map(
  ({ path }) => path,
);

/** Together with what can't be written, these meet an exception: see `exceptions.ts`. */
const TOLD_TO_WAIT = /TOO_MANY_REQUESTS|retryAfter/u;

/** A part of a request, and whether it is as a client of tRPC would write it. */
interface Part<Value> {
  readonly value: Value;
  readonly isUsual: boolean;
}

function usual<Value>(value: Value): Part<Value> {
  return { value, isUsual: true };
}

function unusual<Value>(value: Value): Part<Value> {
  return { value, isUsual: false };
}

/** @returns the variants of a seed, from the first on the same however many there are */
export function generatedVariants(seed: number, count: number): Variant[] {
  return Array.from({ length: count }, (_, index) => {
    const dice = new Dice(seed * 1_000_000 + index);
    return dice.isOnceIn(12) ? pipelined(dice, index) : single(dice, index);
  });
}

interface Made {
  readonly options: RequestOptions;
  readonly isOurs: boolean;
}

function single(dice: Dice, index: number): Variant {
  const { options, isOurs } = make(dice);
  return variantOf(nameOf(index, [options]), isOurs, options);
}

function pipelined(dice: Dice, index: number): Variant {
  const made = Array.from({ length: dice.whole(2, 3) }, () => make(dice));
  // Where an answer ends is told by what was asked, and how long it waits by HTTP/1.1.
  const kept = made.map(({ options, isOurs }) => ({
    isOurs: isOurs && options.method !== "HEAD",
    options: {
      ...options,
      method: options.method === "HEAD" ? "OPTIONS" : (options.method ?? "GET"),
      version: "1.1" as const,
      host: "academy.example",
      staysOpen: true,
    },
  }));
  const all = kept.map(({ options }) => options);
  return {
    ...variantOf(
      nameOf(index, all),
      kept.every(({ isOurs }) => isOurs),
      { target: "" },
    ),
    write: (id) => [all.map((options) => requestOf(id, options)).join("")],
    requests: all.length,
  };
}

function nameOf(index: number, all: readonly RequestOptions[]): string {
  const shown = all.map(({ method = "GET", target }) => `${method} ${target.slice(0, 100)}`);
  return `generated ${index}: ${shown.join(", ")}`;
}

function make(dice: Dice): Made {
  const world = dice.oneOf(WORLD_NAMES);
  const isGet = dice.isOnceIn(2);
  const isBatch = dice.isOnceIn(2);
  const isMutation = !isGet && dice.isOnceIn(2);
  const names = namesFor(dice, isBatch, isMutation);
  const method = methodFor(dice, isGet);
  const batch = batchFor(dice, isBatch);
  const json = inputsFor(dice, isBatch, names.value);
  const path = pathFor(dice, names.value);
  const input = inputParameter(dice, isGet ? json : undefined);
  const more = dice.isOnceIn(15) ? unusualParameter(dice) : usual([]);
  const parameters = dice.isOnceIn(6)
    ? [...more.value, ...input, ...batch.value]
    : [...batch.value, ...input, ...more.value];
  const query = parameters.length === 0 ? "" : `?${parameters.join("&")}`;
  const type = contentTypeFor(dice, isGet);
  const headers = headersFor(dice);
  const body = isGet ? undefined : bodyFor(dice, json);
  const version = dice.isOnceIn(20) ? "1.0" : "1.1";
  const parts = [names, method, batch, path, more, type, headers];
  return {
    isOurs: parts.every(({ isUsual }) => isUsual),
    options: {
      method: method.value,
      target: `/${world}/${path.value}${query}`,
      headers: [...type.value, ...headers.value],
      body,
      ...(body !== undefined &&
        version === "1.1" &&
        dice.isOnceIn(6) && { chunks: cuts(dice, body) }),
      version,
    },
  };
}

/** Of one call, or of many; all of the same type, unless something is wrong on purpose. */
function namesFor(dice: Dice, isBatch: boolean, isMutation: boolean): Part<readonly string[]> {
  const pool = isMutation ? MUTATIONS : QUERIES;
  const count = isBatch ? dice.oneOf([1, 2, 3, 5, MAX_BATCH_SIZE, MAX_BATCH_SIZE + 1]) : 1;
  // What has a comma or a percent sign in its name can't be in a batch, or is decoded twice.
  const usable = pool.filter(
    (name) => !name.includes("%") && !(isBatch && (name.includes(",") || TOLD_TO_WAIT.test(name))),
  );
  const withInput = usable.filter((name) => Object.hasOwn(INPUTS, name));
  const names = Array.from({ length: count }, () =>
    dice.oneOf(dice.isOnceIn(2) ? withInput : usable),
  );
  if (!dice.isOnceIn(10)) return { value: names, isUsual: count <= MAX_BATCH_SIZE };
  const other = isMutation ? QUERIES : MUTATIONS;
  const wrong = dice.oneOf([dice.oneOf(WEIRD_NAMES), dice.oneOf(other), dice.oneOf(SUBSCRIPTIONS)]);
  const place = dice.whole(0, count - 1);
  const value = names.with(place, wrong);
  // A query may be asked for by POST, alone.
  return isMutation && count === 1 && QUERIES.includes(wrong)
    ? { value, isUsual: !wrong.includes("%") && !(isBatch && wrong.includes(",")) }
    : unusual(value);
}

function methodFor(dice: Dice, isGet: boolean): Part<string> {
  if (dice.isOnceIn(25)) return unusual(dice.oneOf(["HEAD", "PUT", "OPTIONS", "PATCH", "DELETE"]));
  return usual(isGet ? "GET" : "POST");
}

function batchFor(dice: Dice, isBatch: boolean): Part<readonly string[]> {
  if (isBatch) return usual(["batch=1"]);
  return usual(dice.isOnceIn(8) ? [dice.oneOf(["batch=0", "batch=", "batch", "Batch=1"])] : []);
}

/** @returns JSON, nearly always */
function inputsFor(dice: Dice, isBatch: boolean, names: readonly string[]): string | undefined {
  if (dice.isOnceIn(10)) return undefined;
  if (dice.isOnceIn(15)) return dice.oneOf(["", "{", "null", "[]", "5", '"text"', "\uFEFF{}", " "]);
  if (!isBatch) return inputFor(dice, names[0] ?? "");
  const inputs = names.flatMap((name, index) =>
    dice.isOnceIn(5) ? [] : [`${JSON.stringify(String(index))}:${inputFor(dice, name)}`],
  );
  const more = dice.isOnceIn(10) ? ['"99":1', '"x":2'] : [];
  return `{${[...inputs, ...more].join()}}`;
}

function inputFor(dice: Dice, name: string): string {
  const own = Object.hasOwn(INPUTS, name) ? INPUTS[name] : undefined;
  if (own === undefined || dice.isOnceIn(6)) {
    // Two thousand characters in an address are enough.
    const json = JSON.stringify(hostileValue(dice)) ?? "null";
    return json.length < 2000 ? json : '"long"';
  }
  const json = dice.oneOf(own);
  if (dice.isOnceIn(2)) return json;
  const spoilt = JSON.stringify(spoil(JSON.parse(json), dice)) ?? "null";
  return spoilt.length < 2000 ? spoilt : json;
}

function pathFor(dice: Dice, names: readonly string[]): Part<string> {
  const path = names.map(encodeURIComponent).join(dice.isOnceIn(10) ? "%2C" : ",");
  if (dice.isOnceIn(20)) {
    const spoilt = [`${path}/`, `/${path}`, `${path}%25`, `${path},`, `${path}%`, `%00${path}`];
    return unusual(dice.oneOf(spoilt));
  }
  if (dice.isOnceIn(8)) return usual(path.replaceAll(".", "%2E"));
  if (dice.isOnceIn(8)) return usual(path.replace(/[a-z]/u, (letter) => `%${hex(letter)}`));
  return usual(path);
}

function hex(letter: string): string {
  return letter.charCodeAt(0).toString(16);
}

/** Encodes as programs do, or by hand. */
function inputParameter(dice: Dice, json: string | undefined): readonly string[] {
  if (json === undefined) return [];
  const encoded = encodeURIComponent(json.toWellFormed());
  switch (dice.whole(0, 9)) {
    case 0:
      return [`input=${encoded.replaceAll("%20", "+")}`];
    case 1:
      return [`input=${encoded.replaceAll(/%[0-9A-F]{2}/gu, (escape) => escape.toLowerCase())}`];
    case 2:
      return [`input=${encoded.replaceAll("%7B", "{").replaceAll("%22", '"')}`];
    case 3:
      return [`input=${encoded}%`];
    case 4:
      return [`input=${encoded}`, "input=2"];
    case 5:
      return [`inp%75t=${encoded}`];
    default:
      return [`input=${encoded}`];
  }
}

function unusualParameter(dice: Dice): Part<readonly string[]> {
  const connecting = ['connectionParams={"a":"b"}', "connectionParams=x", "connectionParams"];
  return dice.isOnceIn(2)
    ? unusual([dice.oneOf(connecting)])
    : usual([dice.oneOf(["x=1", "", "=", "%zz", "__proto__=1"])]);
}

function contentTypeFor(dice: Dice, isGet: boolean): Part<RequiredHeaders> {
  const json = [["content-type", "application/json"]] as const;
  if (dice.isOnceIn(20)) {
    const wrong = ["text/plain", "multipart/form-data", "application/octet-stream", "x", "json"];
    return unusual([["content-type", dice.oneOf(wrong)]]);
  }
  if (dice.isOnceIn(8)) return usual([["Content-Type", "application/json; charset=utf-8"]]);
  return usual(isGet && dice.isOnceIn(2) ? [] : json);
}

type RequiredHeaders = readonly (readonly [name: string, value: string])[];

function headersFor(dice: Dice): Part<RequiredHeaders> {
  if (dice.isOnceIn(25)) {
    return unusual([
      dice.oneOf([
        ["trpc-accept", "application/jsonl"],
        ["accept", "application/jsonl"],
      ]),
    ]);
  }
  if (dice.isOnceIn(12)) return usual([[CONTEXT_HEADER, dice.oneOf(Object.keys(CONTEXTS))]]);
  if (dice.isOnceIn(6))
    return usual([
      ["accept", "*/*"],
      ["cookie", "a=1"],
      ["x-a", "\xe9"],
    ]);
  return usual([]);
}

/** Of what is empty, there is nothing to read, and of no length, nothing either. */
function bodyFor(dice: Dice, json: string | undefined): string {
  const body = bytesOf((json ?? "null").toWellFormed());
  if (dice.isOnceIn(12)) return `\xef\xbb\xbf${body}`;
  return dice.isOnceIn(20) ? `${body}\xff` : body;
}

function cuts(dice: Dice, body: string): number[] {
  const places = Array.from({ length: dice.whole(0, 4) }, () => dice.whole(0, body.length));
  return places.sort((a, b) => a - b);
}
