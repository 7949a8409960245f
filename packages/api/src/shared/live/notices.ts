import { notify, PAYLOAD_BYTES_MAX } from "@lectern/database/listen";
import type { Database } from "@lectern/database/queryable";

/** The channel on which processes tell each other that the places or the queue of runs have changed. */
export const RUNS_CHANGED_CHANNEL = "lectern_runs_changed";

/** The channel on which the database says that something has changed that everybody may see, places apart. */
export const PUBLIC_CHANGED_CHANNEL = "lectern_public_changed";

const SEPARATOR = ",";
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const RUNS_A_PAYLOAD = Math.floor(
  (PAYLOAD_BYTES_MAX + 1) / "00000000-0000-0000-0000-000000000000,".length,
);

/** @returns the runs that a notice tells of; what is no id is left out, as anybody with the database may send notices */
export function runsOf(payload: string): string[] {
  return payload.split(SEPARATOR).filter((id) => UUID.test(id));
}

/** @returns the payloads that tell of these runs, none longer than PostgreSQL takes */
export function payloadsOf(runIds: readonly string[]): string[] {
  const payloads: string[] = [];
  for (let start = 0; start < runIds.length; start += RUNS_A_PAYLOAD) {
    payloads.push(runIds.slice(start, start + RUNS_A_PAYLOAD).join(SEPARATOR));
  }
  return payloads;
}

export interface NoticeOptions {
  /** Between two statements with notices, in milliseconds: what changes meanwhile goes together. Default 20. */
  readonly intervalMs?: number;
  /** Notices could not be sent, and are lost: watchers look by themselves after a while. For logs. */
  readonly onError?: (error: unknown) => void;
}

export interface Notices {
  /** Tells all processes that the places or the queue of a run have changed. Returns at once; never throws. */
  readonly changed: (runId: string) => void;
  /** Sends what has not been sent. Always resolves. */
  close(): Promise<void>;
}

/**
 * Collects which runs have changed and tells all processes, in a statement of its own: a transaction
 * that sends a notice itself makes all others that do wait for its commit
 * (docs/decisions/notices-after-commit.md).
 */
export function createNotices(db: Database, options: NoticeOptions = {}): Notices {
  const { intervalMs = 20, onError } = options;
  const changedRuns = new Set<string>();
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function send(): Promise<void> {
    const payloads = payloadsOf([...changedRuns]);
    changedRuns.clear();
    try {
      await notify(db, RUNS_CHANGED_CHANNEL, payloads);
    } catch (error) {
      onError?.(error);
    }
  }

  /** Sends at once after a quiet time, and then once an interval. */
  function sendSoon(): void {
    if (sending !== undefined || timer !== undefined || changedRuns.size === 0) return;
    sending = send().finally(() => {
      sending = undefined;
      if (isClosed) return;
      timer = setTimeout(() => {
        timer = undefined;
        sendSoon();
      }, intervalMs);
      timer.unref();
    });
  }

  return {
    changed: (runId) => {
      changedRuns.add(runId.toLowerCase());
      if (!isClosed) setImmediate(sendSoon);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await sending;
      if (changedRuns.size > 0) await send();
    },
  };
}
