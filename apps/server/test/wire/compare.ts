import { isDeepStrictEqual } from "node:util";
import type { Entry, Told } from "./ledger.ts";
import type { Answer, Exchange } from "./raw-exchange.ts";

/** What may differ between our answers and the stock adapter's, and nothing else. */
const INCOMPARABLE: Readonly<Record<string, string>> = {
  date: "says when it was sent",
  "content-length": "the stock adapter streams; that ours is there and fits, is seen to elsewhere",
  "transfer-encoding": "as above",
  connection:
    "an answer to HTTP/1.0 whose length is not known ends with the connection, another may keep it",
  "keep-alive": "as above",
};

/** One thing that is not the same. */
export interface Difference {
  readonly variant: string;
  readonly aspect: string;
  readonly ours: unknown;
  readonly stock: unknown;
}

/** What came out of many variants. */
export interface Played {
  readonly names: readonly string[];
  /** Requests that our handler answered by itself. */
  readonly served: number;
  readonly differences: readonly Difference[];
  /** Those that our handler should have answered, and has left to the stock adapter. */
  readonly unserved: readonly string[];
}

interface Side {
  readonly exchange: Exchange;
  readonly entry: Entry;
}

/** @returns what is not the same on both sides */
export function differencesOf(variant: string, ours: Side, stock: Side): Difference[] {
  const { found, compare } = comparing(variant);
  const [answers, stocks] = [ours.exchange.answers, stock.exchange.answers];
  compare("answers", answers.length, stocks.length);
  compare("ended", endOf(ours.exchange), endOf(stock.exchange));
  compare("rest", withoutDate(ours.exchange.rest), withoutDate(stock.exchange.rest));
  for (const [index, our] of answers.entries()) {
    const other = stocks[index];
    if (other === undefined) break;
    compare("version", our.version, other.version);
    compare("status", our.status, other.status);
    for (const name of namesOf(our, other)) {
      compare(`header ${name}`, valuesOf(our, name), valuesOf(other, name));
    }
    const [body, stocksBody] = [textOf(our), textOf(other)];
    compare("body", body, stocksBody);
    if (body !== stocksBody) compare("json", parsed(body), parsed(stocksBody));
  }
  return [...found, ...compareEntries(variant, ours.entry, stock.entry)];
}

/** @returns what two servers did not do alike, beside answering */
export function compareEntries(variant: string, ours: Entry, stock: Entry): Difference[] {
  const { found, compare } = comparing(variant);
  compare("contexts", ours.contexts, stock.contexts);
  // The calls of a batch run at the same time: in which order is not said.
  compare("ran", ours.ran.toSorted(), stock.ran.toSorted());
  compare("noted", ours.noted.toSorted(), stock.noted.toSorted());
  compare("onError", ...toldAlike(ours.told, stock.told));
  return found;
}

function comparing(variant: string) {
  const found: Difference[] = [];
  const compare = (aspect: string, ours: unknown, stock: unknown): void => {
    if (!isDeepStrictEqual(ours, stock)) found.push({ variant, aspect, ours, stock });
  };
  return { found, compare };
}

/** Whether the server closes first, or the reader has enough, is a matter of packets. */
function endOf({ ended }: Exchange): string {
  return ended === "timed out" ? ended : "answered or closed";
}

function withoutDate(rest: string): string {
  return rest.replace(/^date: .*$/imu, "");
}

function namesOf(...answers: readonly Answer[]): readonly string[] {
  const names = answers.flatMap(({ headers }) => headers.map(([name]) => name));
  return [...new Set(names)].filter((name) => !Object.hasOwn(INCOMPARABLE, name)).sort();
}

function valuesOf({ headers }: Answer, name: string): readonly string[] {
  return headers.filter(([known]) => known === name).map(([, value]) => value);
}

/** When an answer was made, where it says so, by the one name that the academy has for it. */
const SERVER_TIME = /"serverTime":"[\dT:.-]+Z"/gu;

/** @returns the bytes, as latin1 */
function textOf({ body }: Answer): string {
  return body.toString("latin1").replace(SERVER_TIME, '"serverTime":"now"');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(Buffer.from(body, "latin1").toString("utf8"));
  } catch {
    return "no JSON";
  }
}

/**
 * What our handler tells may be less than what the stock adapter does: as far as it goes, it must be the same.
 *
 * @returns what each side told that the other has not
 */
function toldAlike(
  ours: readonly Told[],
  stock: readonly Told[],
): [readonly Told[], readonly Told[]] {
  const left = [...stock];
  // What tells most finds its like first.
  const inOrder = ours.toSorted((a, b) => Object.keys(b).length - Object.keys(a).length);
  const unmatched = inOrder.filter((our) => {
    const place = left.findIndex((told) =>
      Object.entries(our).every(([key, value]) => told[key] === value),
    );
    if (place !== -1) left.splice(place, 1);
    return place === -1;
  });
  return [unmatched, left];
}
