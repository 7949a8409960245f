import { randomUUID } from "node:crypto";
import { type AccessKeys, accessKeys, createAccessSecret } from "@lectern/auth/access-key";
import { type LecternClient, isLecternError, isLecternFailure } from "@lectern/client";
import type { Database } from "@lectern/database/connect";
import type { Who } from "../rules/access.ts";
import type { View } from "../view.ts";
import { Clock } from "./clock.ts";
import { type Doors, openDoors } from "./doors.ts";
import { Names } from "./names.ts";
import { readEngine } from "./read-engine.ts";

/** What the engine said no with. */
export interface EngineRefusal {
  readonly code: string;
  readonly data: unknown;
}

/** The engine of one history: its doors, its time, and what it has under which name. */
export class World {
  readonly db: Database;
  readonly doors: Doors;
  readonly accessKeys: AccessKeys = accessKeys(createAccessSecret());
  readonly names = new Names();
  readonly clock = new Clock();
  /** Unlike that of any other history. */
  readonly tag = randomUUID().replaceAll("-", "");
  readonly runIds: string[] = [];
  readonly codeIds: string[] = [];
  #remembered: ReadonlyMap<number, number> = new Map();
  #seen: View | undefined;
  #failure: Error | undefined;
  readonly #told = new Set<string>();

  constructor(db: Database) {
    this.db = db;
    this.doors = openDoors(db, this.accessKeys, {
      changed: (runId) => this.#told.add(runId),
      failed: (error) => {
        this.#failure = error;
      },
    });
  }

  /** The client of whoever asks. */
  as(who: Who): LecternClient {
    return who === "staff" ? this.doors.staff : this.doors.visitor;
  }

  /** The idempotency key of an operation. */
  key(operation: number): string {
    return `${this.tag}-${operation}`;
  }

  /** What shows that somebody may see and change a booking. */
  proofOf(booking: string, who: Who): { reference: string; accessKey: string | null } {
    const { reference, accessKey } = this.names.proofOf(booking);
    if (who === "staff") return { reference, accessKey: null };
    return { reference, accessKey: who === "key" ? accessKey : this.wrongKey() };
  }

  wrongKey(): string {
    return this.accessKeys.keyFor("booking", this.tag);
  }

  /** What the rules found at the first try of each operation, such as the version of a run. */
  set foundByRules(remembered: ReadonlyMap<number, number>) {
    this.#remembered = remembered;
  }

  /** @returns what the rules found at the first try of an operation: its repetitions send the same request */
  remembered(operation: number): number {
    const found = this.#remembered.get(operation);
    if (found === undefined) throw new Error(`The rules have found nothing for ${operation}`);
    return found;
  }

  /** @returns the currency that a booking was sold in */
  currencyOf(booking: string): string {
    return this.#seen?.registrations[`${booking}.1`]?.currency ?? "NOK";
  }

  /** @returns everything that there is to see now */
  async look(): Promise<View> {
    this.#seen = await readEngine(this.db, this);
    return this.#seen;
  }

  /** @returns the runs that watchers were told about since it was asked last */
  takeTold(): string[] {
    const told = [...this.#told].map((id) => this.names.nameOf(id));
    this.#told.clear();
    return told;
  }

  /** @returns what went wrong last behind a door, where that is what somebody heard of */
  failureBehind(heard: unknown): unknown {
    return isLecternFailure(heard) ? (this.#failure ?? heard) : heard;
  }

  /** @returns what the engine said no with, in the words of the rules; `undefined` for what is no refusal */
  refusalOf(error: unknown): EngineRefusal | undefined {
    if (!isLecternError(error)) return undefined;
    return { code: error.code, data: this.#inWords(error.data) };
  }

  #inWords(data: object): unknown {
    const words: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(data)) {
      if (field === "issues" && Array.isArray(value)) {
        words["paths"] = value.map((issue: { path: string }) => issue.path);
      } else if (field === "mustMove" && Array.isArray(value)) {
        words[field] = value.map((one: MustMove) => this.#mustMove(one));
      } else if (field === "expiredAt") {
        words[field] = this.clock.minutesAt(Date.parse(String(value)));
      } else {
        words[field] = typeof value === "string" ? this.names.nameOf(value) : value;
      }
    }
    return words;
  }

  #mustMove({ allocationId, reference, waitlistEntryId, kind, quantity }: MustMove) {
    const owner = this.names.nameOf(reference ?? waitlistEntryId ?? allocationId);
    return { owner, kind, quantity };
  }
}

interface MustMove {
  readonly allocationId: string;
  readonly reference: string | null;
  readonly waitlistEntryId: string | null;
  readonly kind: string;
  readonly quantity: number;
}
