import type { ImportOutcome } from "@lectern/contract/courses";
import { findConstraintViolation, findDatabaseError } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, savepoint, transaction } from "@lectern/database/transaction";
import { DomainError } from "../domain-error.ts";

/** What became of a record that was not refused. */
export interface Imported {
  readonly result: "created" | "updated" | "unchanged";
  readonly id: string;
}

export interface Importer<Item> {
  /** Locks what the whole batch will change, in an order that all who lock it share. */
  readonly lockAll: (tx: Transaction, records: readonly Item[]) => Promise<void>;
  /** Takes one record in; a DomainError refuses it. */
  readonly importOne: (tx: Transaction, record: Item) => Promise<Imported>;
  /** Whether somebody else was faster with the same record or name, so that another try may do. */
  readonly isOvertaken: (error: unknown, record: Item) => boolean;
  /** Puts a violation of the schema's rules into the domain's words. */
  readonly translate: (error: unknown) => DomainError | undefined;
}

const TIMEOUT_MS = 60_000;

const ATTEMPTS = 5;

/** The contract's limits on what an outcome says. */
const REASONS_MAX = 20;
const REASON_LENGTH = 1000;

/** Undoes a dry run, and carries out what would have happened. */
class DryRun extends Error {
  readonly outcomes: ImportOutcome[];

  constructor(outcomes: ImportOutcome[]) {
    super("A dry run leaves nothing behind");
    this.outcomes = outcomes;
  }
}

/**
 * Imports a batch in one transaction, each record in a savepoint of its own: taken whole, or refused
 * with its reasons while the rest goes on. A dry run does all of it, and undoes it.
 *
 * @returns what became of each record, in their order
 */
export async function importBatch<Item extends { externalId: string }>(
  db: Database,
  batch: { readonly records: readonly Item[]; readonly dryRun: boolean },
  importer: Importer<Item>,
): Promise<{ outcomes: ImportOutcome[] }> {
  try {
    const outcomes = await transaction(
      db,
      { idempotent: true, timeoutMs: TIMEOUT_MS },
      async (tx) => {
        await importer.lockAll(tx, batch.records);
        const done: ImportOutcome[] = [];
        for (const record of batch.records) done.push(await importOrRefuse(tx, record, importer));
        if (batch.dryRun) throw new DryRun(done);
        return done;
      },
    );
    return { outcomes };
  } catch (error) {
    if (error instanceof DryRun) return { outcomes: error.outcomes };
    throw error;
  }
}

async function importOrRefuse<Item extends { externalId: string }>(
  tx: Transaction,
  record: Item,
  importer: Importer<Item>,
  attempt = 1,
): Promise<ImportOutcome> {
  const { externalId } = record;
  try {
    const imported = await savepoint(tx, (inner) => importer.importOne(inner, record));
    return { externalId, ...imported, reasons: [] };
  } catch (error) {
    if (attempt < ATTEMPTS && importer.isOvertaken(error, record)) {
      return importOrRefuse(tx, record, importer, attempt + 1);
    }
    const reasons = reasonsOf(error, importer);
    if (reasons === undefined) throw error;
    return {
      externalId,
      result: "refused",
      id: null,
      reasons: reasons.slice(0, REASONS_MAX).map((reason) => reason.slice(0, REASON_LENGTH)),
    };
  }
}

/** Why a record was refused, or `undefined` where the record is not to blame. */
function reasonsOf(
  error: unknown,
  importer: Pick<Importer<never>, "translate">,
): string[] | undefined {
  const domain = error instanceof DomainError ? error : importer.translate(error);
  if (domain?.body.code === "Invalid") {
    return domain.body.data.issues.map(({ path, message }) =>
      path === "" ? message : `${path}: ${message}`,
    );
  }
  if (domain !== undefined) return [domain.message];
  const violation = findConstraintViolation(error);
  if (violation !== undefined) return [`The rule ${violation.constraint} refuses it.`];
  // Class 22 of SQLSTATE, "data exception": a value that its column can't hold.
  const details = findDatabaseError(error);
  return details?.sqlState.startsWith("22") === true ? [details.message] : undefined;
}
