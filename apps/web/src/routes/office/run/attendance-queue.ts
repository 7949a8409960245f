import type { AttendanceRecord } from "@lectern/contract/attendance";
import { AttendanceMark } from "@lectern/contract/vocabulary";
import { z } from "zod";
import {
  DRAFTS,
  readStored,
  storedNames,
  subscribeToStorage,
  writeStored,
} from "../../../browser/stored.ts";

/**
 * Marks that this device has not sent yet, each kept under a name of its own: so tabs don't overwrite each other's, nothing is lost
 * when the page is loaded anew, and each is sent under the key that it was made with, however often.
 */

const Refusal = z.object({
  /** Of the answer, or of the error that the server refused all of it with. */
  reason: z.enum(["changed_meanwhile", "not_coming", "unknown", "not_yet", "over", "other"]),
  /** What somebody else marked, and who. */
  mark: AttendanceMark.nullable(),
  markedBy: z.string().nullable(),
  version: z.int().min(0),
});
export type MarkRefusal = z.infer<typeof Refusal>;

const PendingMark = z.object({
  /** Its idempotency key. */
  key: z.string(),
  sessionId: z.string(),
  registrationId: z.string(),
  mark: AttendanceMark.nullable(),
  /** Of the record that was shown when it was made; 0: none. */
  version: z.int().min(0),
  /** When it was made, in milliseconds: the order in which they are sent. */
  at: z.number(),
  /** Why the server did not take it; it stays until somebody decides. */
  refusal: Refusal.nullable(),
});
export type PendingMark = z.infer<typeof PendingMark>;

/** One place at one session. */
export interface Spot {
  readonly sessionId: string;
  readonly registrationId: string;
}

function isSameSpot(one: Spot, other: Spot): boolean {
  return one.sessionId === other.sessionId && one.registrationId === other.registrationId;
}

export class AttendanceQueue {
  readonly #beginning: string;
  #snapshot: readonly PendingMark[] = [];
  #texts = "";

  /** @param personId whose marks they are: nobody else who uses the device sends them */
  constructor(personId: string, runId: string) {
    this.#beginning = `${DRAFTS}attendance.${personId}.${runId}.`;
  }

  readonly subscribe = (listener: () => void): (() => void) => subscribeToStorage(listener);

  /** The marks in the order in which they were made: the same array for as long as nothing changes. */
  readonly read = (): readonly PendingMark[] => {
    const names = storedNames(this.#beginning).toSorted();
    const found = names.map((name) => readStored(name));
    const texts = JSON.stringify(found);
    if (texts !== this.#texts) {
      this.#texts = texts;
      this.#snapshot = found.flatMap(parse).toSorted((one, other) => one.at - other.at);
    }
    return this.#snapshot;
  };

  /**
   * Adds a mark. One of the same spot that nobody has sent yet is not needed any more.
   *
   * @param sending the key of the mark that is on its way, which stays until its answer is there
   */
  add(mark: Omit<PendingMark, "refusal">, sending: string | undefined): void {
    for (const other of this.read()) {
      if (isSameSpot(other, mark) && other.key !== sending) this.#write(other.key, null);
    }
    this.#write(mark.key, { ...mark, refusal: null });
  }

  remove(key: string): void {
    this.#write(key, null);
  }

  /** Takes a mark out that the server has answered; what was marked since is about the record as it is now. */
  settle(done: PendingMark, version: number): void {
    this.remove(done.key);
    for (const other of this.read()) {
      if (isSameSpot(other, done) && other.refusal === null) {
        this.#write(other.key, { ...other, version });
      }
    }
  }

  refuse(mark: PendingMark, refusal: MarkRefusal): void {
    // Whoever has marked the spot once more meanwhile has decided already.
    const isNewer = this.read().some((other) => isSameSpot(other, mark) && other.at > mark.at);
    if (isNewer) this.settle(mark, refusal.version);
    else this.#write(mark.key, { ...mark, refusal });
  }

  #write(key: string, mark: PendingMark | null): void {
    writeStored(this.#beginning + key, mark === null ? null : JSON.stringify(mark));
  }
}

function parse(text: string | null): PendingMark[] {
  if (text === null) return [];
  try {
    const parsed = PendingMark.safeParse(JSON.parse(text));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}

/** What is shown of a spot: what the server knows, with what this device has marked since. */
export interface ShownMark {
  readonly mark: AttendanceMark | null;
  readonly minutes: number | null;
  /** Of the record that it is based on. */
  readonly version: number;
  readonly markedBy: string | null;
  readonly markedAt: string | null;
  /** It is on this device alone. */
  readonly isPending: boolean;
}

export function spotKey({ sessionId, registrationId }: Spot): string {
  return `${sessionId} ${registrationId}`;
}

/** @returns what is to be shown of each spot about which anything is known */
export function shownMarks(
  records: readonly AttendanceRecord[],
  pending: readonly PendingMark[],
): ReadonlyMap<string, ShownMark> {
  const shown = new Map<string, ShownMark>(
    records.map((record) => [spotKey(record), { ...record, isPending: false }]),
  );
  for (const one of pending) {
    // What was refused does not count: somebody has to decide first.
    if (one.refusal !== null) continue;
    const known = shown.get(spotKey(one));
    shown.set(spotKey(one), {
      mark: one.mark,
      minutes: null,
      version: known?.version ?? 0,
      markedBy: null,
      markedAt: null,
      isPending: true,
    });
  }
  return shown;
}

/** @returns the records with those that are newer put in */
export function withNewer(
  known: readonly AttendanceRecord[],
  fresh: readonly AttendanceRecord[],
): AttendanceRecord[] {
  const merged = new Map(known.map((record) => [spotKey(record), record]));
  for (const record of fresh) {
    const before = merged.get(spotKey(record));
    if (before === undefined || before.version <= record.version) {
      merged.set(spotKey(record), record);
    }
  }
  return [...merged.values()];
}
