import { type Difference, type Played, differencesOf } from "./compare.ts";
import { type Entry, ID_PREFIX } from "./ledger.ts";
import { type Answer, type Exchange, exchange } from "./raw-exchange.ts";
import type { Variant } from "./variant.ts";

/** One of the two that are compared. */
export interface PlayServer {
  readonly port: number;
  /** What it did for a variant. */
  readonly entryOf: (id: string) => Entry;
  /** How many requests of a variant our handler answered. */
  readonly servedOf: (id: string, made: Exchange) => number;
}

/** So many variants are under way at a time. */
const LANES = 4;

/** Sends all variants to both servers, and compares once everything is over. */
export async function play(
  ours: PlayServer,
  stock: PlayServer,
  variants: readonly Variant[],
): Promise<Played> {
  const exchanges: (readonly [ours: Exchange, stock: Exchange])[] = [];
  const waiting = variants.entries();
  const lane = async () => {
    // They take turns: each goes on with what nobody else has begun.
    for (const [index, variant] of waiting) {
      exchanges[index] = await Promise.all([
        send(ours, variant, index),
        send(stock, variant, index),
      ]);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const differences: Difference[] = [];
  const unserved: string[] = [];
  let served = 0;
  for (const [index, variant] of variants.entries()) {
    const { name, isOurs, requests } = variant;
    const [our, other] = exchanges[index] ?? [];
    if (our === undefined || other === undefined) throw new Error(`${name} was left out`);
    const id = idOf(index);
    const here = { exchange: our, entry: ours.entryOf(id) };
    const there = { exchange: other, entry: stock.entryOf(id) };
    differences.push(...differencesOf(name, here, there));
    const servedHere = ours.servedOf(id, our);
    const servedThere = stock.servedOf(id, other);
    if (servedThere !== 0) {
      const aspect = "our handler answered where the stock adapter should have";
      differences.push({ variant: name, aspect, ours: servedHere, stock: servedThere });
    }
    if (isOurs && servedHere !== requests) unserved.push(name);
    if (isOurs && !our.answers.every(isWhole)) {
      differences.push({ variant: name, aspect: "in one piece", ours: false, stock: false });
    }
    served += servedHere;
  }
  return { names: variants.map(({ name }) => name), served, differences, unserved };
}

/** What our handler answers says how long it is. */
function isWhole({ headers }: Answer): boolean {
  const names = headers.map(([name]) => name);
  return names.includes("content-length") && !names.includes("transfer-encoding");
}

function idOf(index: number): string {
  return `${ID_PREFIX}${index}`;
}

function send({ port }: PlayServer, variant: Variant, index: number): Promise<Exchange> {
  return exchange({
    port,
    parts: variant.write(idOf(index)),
    answers: variant.requests,
    isHead: variant.isHead,
    halfCloses: variant.halfCloses,
  });
}
