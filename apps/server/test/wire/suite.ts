import type { Database } from "@lectern/database/connect";
import {
  installedTrpcVersion,
  WireHandler,
  type WireOptions,
} from "../../src/trpc/wire-handler.ts";
import { startAcademy } from "./academy.ts";
import { addressVariants } from "./address-variants.ts";
import type { Difference } from "./compare.ts";
import { depart } from "./departures.ts";
import { withoutExceptions } from "./exceptions.ts";
import { generatedVariants } from "./generated-variants.ts";
import { messageVariants } from "./message-variants.ts";
import { play } from "./play.ts";
import { type MakeHandler, startSpecimenServer } from "./specimen-server.ts";
import { specimenVariants } from "./specimen-variants.ts";
import type { Variant } from "./variant.ts";

/** Sends the same to a server with our handler and to one with the stock adapter alone, and compares. */

export interface SuiteOptions {
  /** Migrated and empty. */
  readonly db: Database;
  readonly seed: number;
  /** How many variants are made at random. */
  readonly generated: number;
}

export interface WireFigures {
  readonly variants: number;
  /** Requests that our handler answered by itself. */
  readonly served: number;
  readonly trpc: string;
  readonly seed: number;
}

export interface WireReport {
  readonly figures: WireFigures;
  readonly differences: readonly Difference[];
  /** Variants that our handler should have answered, and has left to the stock adapter. */
  readonly unserved: readonly string[];
}

/** Compares on the suite's own router and on the academy's. */
export async function compareWires(options: SuiteOptions): Promise<WireReport> {
  const { db, seed, generated } = options;
  const variants = [
    ...specimenVariants(),
    ...addressVariants(),
    ...messageVariants(),
    ...generatedVariants(seed, generated),
  ];
  const { result, unhandled } = await watchingRejections(async () => {
    await using ours = await startSpecimenServer(makeOurs);
    await using stock = await startSpecimenServer(() => undefined);
    await using academy = await startAcademy(db, seed);
    const all = [
      await play(ours, stock, variants),
      await play(academy.ours, academy.stock, academy.variants),
      await depart(ours, stock),
    ];
    return {
      names: all.flatMap(({ names }) => names),
      served: all.reduce((sum, { served }) => sum + served, 0),
      differences: all.flatMap(({ differences }) => differences),
      unserved: all.flatMap(({ unserved }) => unserved),
    };
  });
  const { names, served, differences, unserved } = result;
  return {
    figures: { variants: names.length, served, trpc: installedTrpcVersion(), seed },
    differences: [...withoutExceptions(differences, names), ...unhandled],
    unserved,
  };
}

/**
 * Compares some variants alone, on the suite's own router.
 *
 * @param makeHandler makes another than ours, such as one that is broken on purpose
 * @returns as above; no exceptions are made
 */
export async function compareSome(
  variants: readonly Variant[],
  makeHandler: MakeHandler,
): Promise<Pick<WireReport, "differences" | "unserved">> {
  await using ours = await startSpecimenServer(makeHandler);
  await using stock = await startSpecimenServer(() => undefined);
  const { differences, unserved } = await play(ours, stock, variants);
  return { differences, unserved };
}

function makeOurs(options: WireOptions): WireHandler {
  return new WireHandler(options);
}

/** A rejection that nobody handles would end the process of a server. */
async function watchingRejections<Result>(
  run: () => Promise<Result>,
): Promise<{ result: Result; unhandled: readonly Difference[] }> {
  const unhandled: Difference[] = [];
  function note(reason: unknown): void {
    const ours = String(reason);
    unhandled.push({ variant: "all", aspect: "unhandled rejection", ours, stock: "none" });
  }
  process.on("unhandledRejection", note);
  try {
    return { result: await run(), unhandled };
  } finally {
    process.off("unhandledRejection", note);
  }
}
