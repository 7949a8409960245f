import { randomUUID } from "node:crypto";
import { DomainError } from "@lectern/api/domain-error";
import { holdPlaces } from "@lectern/api/features/bookings/hold-places";
import { accessKeys, createAccessSecret } from "@lectern/auth/access-key";
import { PUBLIC_ACTOR } from "@lectern/auth/actor";
import { fieldCipher } from "@lectern/auth/encryption/field-cipher";
import { fixedKeyring } from "@lectern/auth/encryption/fixed-keyring";
import { connect } from "@lectern/database/connect";
import { benchRunId } from "../academy/bench-runs.ts";
import { claimBy } from "../contenders/claim.ts";
import { openDriver } from "../contenders/driver.ts";
import type { Attempts } from "./loops.ts";
import { HELD, SOLD_OUT } from "./messages.ts";

/** Holding places without HTTP, in this process. */

function randomHold(runs: number) {
  return holdOn(Math.floor(Math.random() * runs));
}

function holdOn(run: number) {
  return { runId: benchRunId(run), places: 1, idempotencyKey: randomUUID() };
}

/** The plain statement through the bare driver. */
export function sqlAttempts(databaseUrl: string, runs: number): Attempts {
  const driver = openDriver(databaseUrl);
  const keys = accessKeys(createAccessSecret());
  return {
    async attempt() {
      const held = await claimBy(driver, keys, randomHold(runs), randomUUID());
      return held === undefined ? SOLD_OUT : HELD;
    },
    [Symbol.asyncDispose]: () => driver.close(),
  };
}

/**
 * Lectern's use case, as its router calls it.
 *
 * @param inTurn whether the runs are booked one after the other, and not at random
 */
export async function useCaseAttempts(
  databaseUrl: string,
  runs: number,
  inTurn: boolean,
): Promise<Attempts> {
  let turn = 0;
  const db = await connect({ url: databaseUrl, applicationName: "lectern-bench" });
  const keys = accessKeys(createAccessSecret());
  const fields = fieldCipher(fixedKeyring());
  return {
    async attempt() {
      const call = {
        actor: PUBLIC_ACTOR,
        origin: { address: null, client: null },
        requestId: randomUUID(),
        accessKeys: keys,
        fields,
        language: null,
        changed: () => {},
      };
      try {
        await holdPlaces(db, call, inTurn ? holdOn(turn++ % runs) : randomHold(runs));
        return HELD;
      } catch (error) {
        if (error instanceof DomainError && error.body.code === "SoldOut") return SOLD_OUT;
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}
