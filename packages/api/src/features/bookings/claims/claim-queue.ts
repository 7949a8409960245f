import { setImmediate } from "node:timers/promises";
import { findConstraintViolation, isRetryable } from "@lectern/database/errors";
import { type Database, sharedDatabase, signalOf } from "@lectern/database/queryable";
import { idempotencyMismatch } from "../../../shared/once-only.ts";
import { type Claim, type Outcome, claimPlaces } from "./claim.ts";
import { claimSlowly, isOvertaken } from "./claim-slowly.ts";
import type { StoredHold } from "./claim-statement.ts";
import { PricingCache } from "./pricing-cache.ts";

/** Most claims that go together in one statement. */
const BATCH_MAX = 250;

/** So many new references are tried when the database knows one already: one in 27,000 million does. */
const OVERTAKEN_ATTEMPTS = 5;

/** A claim that waits for its turn, and everybody who asked for it. */
interface Turn {
  readonly claim: Claim;
  readonly signal: AbortSignal | undefined;
  readonly answer: PromiseWithResolvers<StoredHold | undefined>;
}

/** The claims of one run that wait while a statement for it is under way. */
interface Lane {
  waiting: Turn[];
}

/**
 * Claims of one run take turns: while a statement for it is under way, those that come wait, and go
 * together in the next one. So the run's counter is locked once for all of them and not once for each,
 * and one flush of PostgreSQL's log serves all. Claims of different runs don't wait for each other.
 */
class ClaimQueue {
  readonly #db: Database;
  readonly #cache = new PricingCache();
  readonly #lanes = new Map<string, Lane>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param signal of the caller: a claim whose caller has gone before its turn is not made */
  claim(claim: Claim, signal: AbortSignal | undefined): Promise<StoredHold | undefined> {
    const turn: Turn = { claim, signal, answer: Promise.withResolvers() };
    const lane = this.#lanes.get(claim.runId);
    if (lane === undefined) void this.#serve(claim.runId, { waiting: [turn] });
    else lane.waiting.push(turn);
    return turn.answer.promise;
  }

  async #serve(runId: string, lane: Lane): Promise<void> {
    this.#lanes.set(runId, lane);
    while (lane.waiting.length > 0) {
      const turns = takeBatch(lane);
      try {
        const outcomes = await this.#claimTogether(turns.map(({ claim }) => claim));
        for (const turn of turns) settle(turn, outcomes.get(turn.claim));
      } catch (error) {
        await this.#settleSingly(turns, error);
      }
      // What has arrived in the meantime gets in line before the next statement is composed.
      await setImmediate();
    }
    this.#lanes.delete(runId);
  }

  async #claimTogether(claims: readonly Claim[]): Promise<Map<Claim, Outcome>> {
    const outcomes = await this.#tryTogether(claims);
    let rest = claims.filter((claim) => !outcomes.has(claim));
    if (rest.length > 0 && outcomes.size > 0) {
      // Keys that were used before kept the others from their places.
      for (const [claim, outcome] of await this.#tryTogether(rest)) outcomes.set(claim, outcome);
      rest = rest.filter((claim) => !outcomes.has(claim));
    }
    if (rest.length === 0) return outcomes;
    return new Map([...outcomes, ...(await claimSlowly(this.#db, rest, this.#cache))]);
  }

  /** @returns nothing when the connection was lost: what became of the statement, the second way finds out by the keys */
  async #tryTogether(claims: readonly Claim[]): Promise<Map<Claim, Outcome>> {
    const pricings = await this.#cache.forClaims(this.#db, claims);
    if (pricings === undefined) return new Map();
    try {
      return await claimPlaces(this.#db, claims, pricings);
    } catch (error) {
      if (isRetryable(error)) return new Map();
      throw error;
    }
  }

  /** Where one claim of a batch is to blame, each gets a try, and a failure, of its own. */
  async #settleSingly(turns: readonly Turn[], error: unknown): Promise<void> {
    if (findConstraintViolation(error) === undefined) {
      for (const turn of turns) turn.answer.reject(error);
      return;
    }
    for (const turn of turns) {
      await this.#claimSingly(turn.claim).then(
        (outcome) => {
          settle(turn, outcome);
        },
        (reason: unknown) => {
          turn.answer.reject(reason);
        },
      );
    }
  }

  async #claimSingly(claim: Claim): Promise<Outcome | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.#claimTogether([claim])).get(claim);
      } catch (error) {
        if (!isOvertaken(error) || attempt >= OVERTAKEN_ATTEMPTS) throw error;
      }
    }
  }
}

/**
 * Takes the next claims of a lane that can go in one statement: all invited or none, each key once.
 * The others keep their places in the line. Who has gone meanwhile is left out.
 */
function takeBatch(lane: Lane): Turn[] {
  const batch: Turn[] = [];
  const later: Turn[] = [];
  const keys = new Set<string>();
  for (const turn of lane.waiting) {
    const { claim, signal, answer } = turn;
    if (signal?.aborted === true) {
      answer.reject(signal.reason);
      continue;
    }
    const key = `${claim.idempotency.scope} ${claim.idempotency.key}`;
    const fits =
      batch.length < BATCH_MAX &&
      !keys.has(key) &&
      (batch[0] === undefined || batch[0].claim.isInvited === claim.isInvited);
    if (fits) batch.push(turn);
    else later.push(turn);
    keys.add(key);
  }
  lane.waiting = later;
  return batch;
}

function settle({ answer }: Turn, outcome: Outcome | undefined): void {
  if (outcome === undefined) answer.resolve(undefined);
  else if ("hold" in outcome) answer.resolve(outcome.hold);
  else answer.reject(idempotencyMismatch());
}

const queues = new WeakMap<Database, ClaimQueue>();

/**
 * Claims places of a run, together with whoever asks for the same run at the same time.
 *
 * @returns the hold, or `undefined` when the run can't be booked or has too few places
 * @throws NotFound for a run that does not exist, IdempotencyMismatch
 */
export function claimInTurn(db: Database, claim: Claim): Promise<StoredHold | undefined> {
  const shared = sharedDatabase(db);
  let queue = queues.get(shared);
  if (queue === undefined) {
    queue = new ClaimQueue(shared);
    queues.set(shared, queue);
  }
  return queue.claim(claim, signalOf(db));
}
