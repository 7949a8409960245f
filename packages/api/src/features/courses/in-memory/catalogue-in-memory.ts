import type { Facets } from "@lectern/contract/filters";
import { arrayOf, bool, text, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows, type Slots } from "@lectern/database/prepared";
import { type Database, sharedDatabase } from "@lectern/database/queryable";
import { type SQL, sql } from "drizzle-orm";
import { foundCourses, SEARCH_PARAMETERS } from "../../../shared/course-search.ts";
import type { SearchTerms } from "../../../shared/search-terms.ts";
import { CHANGES_KEPT_MS } from "./forget-changes.ts";
import { loadAllNarrowed, loadNarrowed } from "./load-narrowed.ts";
import { NarrowedBy, type NarrowingFilter } from "./narrowed-by.ts";

const SEEN = { seen: text };
const NEWS = { snapshot: text, now: timestamptz, isAll: bool, changed: arrayOf(uuid) };

/** What has changed since a snapshot: what was written by transactions that were not over in it. */
function newsSince($: Slots<typeof SEEN>): SQL {
  return sql`
    news AS (
      SELECT coalesce(bool_or(course_id IS NULL), false) AS is_all,
        coalesce(array_agg(DISTINCT course_id) FILTER (WHERE course_id IS NOT NULL), '{}') AS changed
      FROM catalogue_change
      WHERE transaction >= pg_snapshot_xmin(${$.seen}::pg_snapshot)
        AND NOT pg_visible_in_snapshot(transaction, ${$.seen}::pg_snapshot)
    )`;
}

const NOW = sql`pg_current_snapshot()::text AS snapshot, now() AS now`;

const current = prepared("courses.inMemory.current", {}, () =>
  rows({ snapshot: text }, sql`SELECT pg_current_snapshot()::text AS snapshot`),
);
const news = prepared("courses.inMemory.news", SEEN, (_, $) =>
  rows(NEWS, sql`WITH ${newsSince($)} SELECT ${NOW}, is_all, changed FROM news`),
);
const newsAndFound = prepared(
  "courses.inMemory.newsAndFound",
  { ...SEEN, ...SEARCH_PARAMETERS },
  (_, $) =>
    rows(
      { ...NEWS, found: arrayOf(uuid) },
      sql`
        WITH ${foundCourses($)}, ${newsSince($)}
        SELECT ${NOW}, is_all, changed, ARRAY(SELECT id FROM found) AS found FROM news`,
    ),
);

/** More courses at once are read with all the others, while the database answers. */
const CHANGED_MAX = 100;

/** After a failure, in milliseconds. */
const AGAIN_AFTER_MS = 10_000;

/** What is in memory, and what of the database it has seen. */
interface Loaded {
  readonly courses: NarrowedBy;
  /** PostgreSQL's, as text: all that was over in it is in `courses`. */
  seen: string;
  /** When that was, by `performance.now`. */
  seenAt: number;
}

/**
 * The catalogue of one database in the memory of this process. What has changed is asked with each question, in the statement that is sent
 * anyway, so that an answer is never older than one from the database (`docs/decisions/facets-from-memory.md`).
 */
class CatalogueInMemory {
  readonly #db: Database;
  #loaded: Loaded | undefined;
  #loading: Promise<void> | undefined;
  #failedAt = -Infinity;
  /** Changes are taken in one after another. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Loads the catalogue unless it is there.
   *
   * @throws what reading it throws
   */
  async load(): Promise<void> {
    if (this.#loaded !== undefined) return;
    this.#loading ??= this.#loadAll().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading;
  }

  /** @returns `undefined` where the catalogue is not in memory yet, or no longer: it is loaded then, for those who ask later */
  async facets(
    db: Database,
    filter: NarrowingFilter,
    terms: SearchTerms | undefined,
  ): Promise<Facets | undefined> {
    const loaded = this.#usable();
    if (loaded === undefined) return undefined;
    const { seen } = loaded;
    const row =
      terms === undefined
        ? { ...(await news.first(db, { seen })), found: undefined }
        : await newsAndFound.first(db, { seen, ...terms });
    const { snapshot, now, isAll = true, changed = [], found } = row ?? {};
    if (snapshot === undefined || now === undefined || isAll || changed.length > CHANGED_MAX) {
      this.#forget(loaded);
      return undefined;
    }
    if (changed.length > 0) {
      if (!(await this.#catchUp(loaded))) return undefined;
    } else if (loaded.seen === seen) {
      loaded.seen = snapshot;
      loaded.seenAt = performance.now();
    }
    return loaded.courses.facets(filter, found, now.getTime());
  }

  #usable(): Loaded | undefined {
    const loaded = this.#loaded;
    if (loaded !== undefined && performance.now() - loaded.seenAt < CHANGES_KEPT_MS / 2) {
      return loaded;
    }
    this.#forget(loaded);
    return undefined;
  }

  /** Loads it anew, for later questions. */
  #forget(loaded: Loaded | undefined): void {
    if (this.#loaded !== loaded) return;
    this.#loaded = undefined;
    if (performance.now() - this.#failedAt < AGAIN_AFTER_MS) return;
    // Nobody waits for it: the database answers meanwhile, and says what is wrong with it to whoever asks.
    this.load().catch(() => {
      this.#failedAt = performance.now();
    });
  }

  async #loadAll(): Promise<void> {
    const seenAt = performance.now();
    const [before] = await current.execute(this.#db, {});
    if (before === undefined) throw new TypeError("The database has no snapshot");
    const courses = new NarrowedBy();
    for await (const some of loadAllNarrowed(this.#db)) for (const each of some) courses.put(each);
    this.#loaded = { courses, seen: before.snapshot, seenAt };
  }

  /**
   * Takes in what has changed. Asked again for it, as another question may have done so meanwhile, and with something newer.
   *
   * @returns whether it can be asked now
   */
  async #catchUp(loaded: Loaded): Promise<boolean> {
    const turn = this.#turn.then(() => this.#takeIn(loaded));
    this.#turn = turn.catch(() => {});
    return await turn;
  }

  async #takeIn(loaded: Loaded): Promise<boolean> {
    const row = await news.first(this.#db, { seen: loaded.seen });
    if (row === undefined || row.isAll || row.changed.length > CHANGED_MAX) {
      this.#forget(loaded);
      return false;
    }
    // What is read now is at least as new as the snapshot; what is newer is read again next time.
    const now = row.changed.length === 0 ? [] : await loadNarrowed(this.#db, row.changed);
    for (const id of row.changed) loaded.courses.remove(id);
    for (const course of now) loaded.courses.put(course);
    loaded.seen = row.snapshot;
    loaded.seenAt = performance.now();
    return true;
  }
}

const inMemory = new WeakMap<Database, CatalogueInMemory>();

/** @returns the catalogue of a database in memory: the same for all handles of one pool */
export function catalogueInMemory(db: Database): CatalogueInMemory {
  const shared = sharedDatabase(db);
  let catalogue = inMemory.get(shared);
  if (catalogue === undefined) inMemory.set(shared, (catalogue = new CatalogueInMemory(shared)));
  return catalogue;
}
