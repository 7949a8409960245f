import type { RunState, WaitlistState } from "@lectern/contract/live";
import { listen } from "@lectern/database/listen";
import type { Database } from "@lectern/database/queryable";
import { createNotices, PUBLIC_CHANGED_CHANNEL, RUNS_CHANGED_CHANNEL, runsOf } from "./notices.ts";
import { hasLeftQueue, readEntryStates } from "./read-entry-states.ts";
import { concealedRunState, readRunStates } from "./read-run-states.ts";
import { WatchedStates } from "./watched-states.ts";

export interface LiveStatesOptions {
  /** Most watchers of either kind at a time. Default 20,000. */
  readonly maxWatches?: number;
  /** Something failed that is tried again: for logs. */
  readonly onFault?: (fault: string, error: unknown) => void;
}

/** What is watched on an instance. */
export interface LiveStates {
  /** Places of runs, by run. */
  readonly runs: WatchedStates<RunState>;
  /** Positions in waiting lists, by entry. */
  readonly entries: WatchedStates<WaitlistState>;
  readonly watcherCount: () => number;
  /** Cuts off whoever watches, so that it comes back to another instance, and takes no more. */
  cutOff(): void;
}

/** @returns what can be watched; by itself it looks at each thing once */
export function createLiveStates(db: Database, options: LiveStatesOptions = {}): LiveStates {
  const { maxWatches = 20_000, onFault = () => {} } = options;
  const runs = new WatchedStates<RunState>({
    read: (ids) => readRunStates(db, ids),
    gone: concealedRunState,
    onError: (error) => onFault("the places of watched runs can't be read", error),
    maxWatches,
  });
  const entries = new WatchedStates<WaitlistState>({
    read: (ids) => readEntryStates(db, ids),
    essence: (state) => ({ ...state, serverTime: null }),
    isLast: hasLeftQueue,
    onError: (error) => onFault("the positions of watched entries can't be read", error),
    maxWatches,
  });
  return {
    runs,
    entries,
    watcherCount: () => runs.watcherCount + entries.watcherCount,
    cutOff() {
      runs.close();
      entries.close();
    },
  };
}

export interface LiveOptions extends LiveStatesOptions {
  /** How old what watchers know may get when a notice was lost, in milliseconds. Default 15,000. */
  readonly maxAgeMs?: number;
  /** Between two statements with notices, in milliseconds. Default 20. */
  readonly noticeIntervalMs?: number;
}

/** Hears of what changes, whoever changes it: within a tenth of a second, unless a notice is lost. */
export interface ChangeListener {
  /** The places or the queue of these runs have changed. */
  readonly onRuns: (runIds: readonly string[]) => void;
  /** Something that everybody may see has changed, places apart; or nobody knows what, as the connection is new. */
  readonly onPublic: () => void;
}

/** What can be watched on an instance that hears of changes. */
export interface HeardLive extends LiveStates {
  /** From now on the listener hears of changes. @returns what ends that */
  readonly hear: (listener: ChangeListener) => () => void;
}

/** What an instance tells its watchers, and how it hears of changes. */
export interface Live extends HeardLive {
  /** Tells all instances that the places or the queue of a run have changed: `Call.changed`. */
  readonly changed: (runId: string) => void;
  /** Whether changes made by other processes are heard of at once. */
  readonly isListening: () => boolean;
  /** Ends it all; what has changed until now is still told to others. Always resolves. */
  close(): Promise<void>;
}

/**
 * Makes the part of an instance that watchers depend on: one connection that listens, and the states of
 * what is watched. A notice may get lost (its process killed after the commit, a connection broken), so
 * that all that is watched is read again after a while, too.
 */
export function createLive(db: Database, options: LiveOptions = {}): Live {
  const { maxAgeMs = 15_000, noticeIntervalMs = 20, onFault = () => {} } = options;
  const states = createLiveStates(db, options);
  const kinds = [states.runs, states.entries];
  function refreshAll(): void {
    for (const kind of kinds) kind.refreshAll();
  }

  const heard = new Set<ChangeListener>();
  function tellOfRuns(runIds: readonly string[]): void {
    for (const { onRuns } of heard) onRuns(runIds);
  }
  function tellOfPublic(): void {
    for (const { onPublic } of heard) onPublic();
  }

  const notices = createNotices(db, {
    intervalMs: noticeIntervalMs,
    onError: (error) => onFault("notices could not be sent", error),
  });
  const listener = listen(db, {
    channels: [RUNS_CHANGED_CHANNEL, PUBLIC_CHANGED_CHANNEL],
    onNotice: (channel, payload) => {
      if (channel === PUBLIC_CHANGED_CHANNEL) {
        tellOfPublic();
        return;
      }
      const changed = runsOf(payload);
      for (const kind of kinds) kind.refresh(changed);
      tellOfRuns(changed);
    },
    onListening: () => {
      refreshAll();
      tellOfPublic();
    },
    onLost: (error) => onFault("the connection for notices was lost", error),
  });
  const ageing = setInterval(refreshAll, maxAgeMs).unref();

  return {
    ...states,
    changed: (runId) => {
      // Whoever has changed something here sees it at once.
      tellOfRuns([runId.toLowerCase()]);
      notices.changed(runId);
    },
    hear: (listener) => {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    isListening: () => listener.isListening,
    async close() {
      clearInterval(ageing);
      states.cutOff();
      await Promise.all([notices.close(), listener.close()]);
    },
  };
}
