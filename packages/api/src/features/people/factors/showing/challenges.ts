import { CEREMONY_SECONDS, newChallenge } from "@lectern/auth/factors/passkeys";
import { consumeOneTime, issueOneTime, oneTimeKey } from "@lectern/auth/one-time";
import type { OneTimeProof } from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import { z } from "zod";
import type { Call } from "../../../../call.ts";
import { countCeremony } from "./attempt.ts";

/** What a passkey is shown or made for. A challenge that was given for one is worth nothing for another. */
export type Ceremony =
  /** To sign in with nothing else. */
  | { readonly for: "sign_in" }
  /** As the second factor of somebody who has shown the first. */
  | { readonly for: "step"; readonly personId: string; readonly stepId: string }
  /** To show again who one is. */
  | { readonly for: "confirm"; readonly personId: string; readonly sessionId: string }
  /** To be made, as a factor of somebody's. */
  | { readonly for: "creation"; readonly personId: string };

const Data = z.object({ challenge: z.string(), boundTo: z.string() });

function kindOf(ceremony: Ceremony) {
  return ceremony.for === "creation" ? "passkey_registration" : "passkey_sign_in";
}

function personOf(ceremony: Ceremony): string | null {
  return ceremony.for === "sign_in" ? null : ceremony.personId;
}

/** What a challenge is kept with, and found good for again. */
function boundTo(ceremony: Ceremony): string {
  if (ceremony.for === "step") return `step ${ceremony.stepId}`;
  return ceremony.for === "confirm" ? `confirm ${ceremony.sessionId}` : ceremony.for;
}

/**
 * @returns a challenge for this ceremony alone, and the proof that is to come back with the answer
 * @throws RateLimited
 */
export async function issueChallenge(
  db: Database,
  call: Call,
  ceremony: Ceremony,
): Promise<{ readonly challenge: string; readonly proof: OneTimeProof }> {
  await countCeremony(db, call);
  const challenge = newChallenge();
  const id = await issueOneTime(db, {
    kind: kindOf(ceremony),
    personId: personOf(ceremony),
    data: { challenge, boundTo: boundTo(ceremony) },
    lifetimeSeconds: CEREMONY_SECONDS,
  });
  return { challenge, proof: { id, key: oneTimeKey(call.accessKeys, id) } };
}

/**
 * Uses a challenge up, whatever comes of it.
 *
 * @returns the challenge, or `undefined` where it was not given for this ceremony, or is not good any more
 */
export async function takeChallenge(
  db: Database,
  call: Call,
  ceremony: Ceremony,
  proof: OneTimeProof,
): Promise<string | undefined> {
  const row = await consumeOneTime(db, call.accessKeys, kindOf(ceremony), proof);
  if (row === undefined || row.personId !== personOf(ceremony)) return undefined;
  const data = Data.parse(row.data);
  return data.boundTo === boundTo(ceremony) ? data.challenge : undefined;
}
