import { type Database, sharedDatabase, signalOf } from "./queryable.ts";

/** More go in another statement: nobody waits for thousands of rows because of one of them. */
const MOST_KEYS = 100;

/** Those that go together. */
interface Round<Row> {
  readonly keys: Set<string>;
  readonly rows: Promise<ReadonlyMap<string, Row>>;
}

/**
 * Look-ups of single rows by key. Those that requests make while the event loop goes round once become one statement: under load a server
 * reads several requests each time, and a statement costs both sides far more than a row does. A request that comes alone waits for
 * no other.
 */
export class LookUps<Row> {
  readonly #load: (db: Database, keys: readonly string[]) => Promise<readonly Row[]>;
  readonly #keyOf: (row: Row) => string;
  readonly #rounds = new WeakMap<Database, Round<Row>>();

  /** @param load finds the rows that there are, in any order */
  constructor(
    load: (db: Database, keys: readonly string[]) => Promise<readonly Row[]>,
    keyOf: (row: Row) => string,
  ) {
    this.#load = load;
    this.#keyOf = keyOf;
  }

  /**
   * @param db whose signal, if it has one, ends nothing: others share what is sent
   * @returns the row with this key, if there is one
   * @throws what loading throws, to all who share the statement
   */
  async find(db: Database, key: string): Promise<Row | undefined> {
    const shared = signalOf(db) === undefined ? db : sharedDatabase(db);
    const round = this.#rounds.get(shared) ?? this.#begin(shared);
    round.keys.add(key);
    if (round.keys.size === MOST_KEYS) this.#rounds.delete(shared);
    return (await round.rows).get(key);
  }

  #begin(db: Database): Round<Row> {
    const keys = new Set<string>();
    const { promise: rows, resolve } = Promise.withResolvers<ReadonlyMap<string, Row>>();
    const round = { keys, rows };
    this.#rounds.set(db, round);
    // After all that this turn of the loop has read.
    setImmediate(() => {
      if (this.#rounds.get(db) === round) this.#rounds.delete(db);
      resolve(this.#rowsOf(db, [...keys]));
    });
    return round;
  }

  async #rowsOf(db: Database, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const rows = await this.#load(db, keys);
    return new Map(rows.map((row) => [this.#keyOf(row), row]));
  }
}
