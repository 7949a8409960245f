import { isLecternError, isLecternFailure, newIdempotencyKey } from "@lectern/client";
import type { AttendanceMarked, AttendanceRecord } from "@lectern/contract/attendance";
import type { AttendanceMark } from "@lectern/contract/vocabulary";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useClient } from "../../../data/api.ts";
import { useOfficeMe } from "../../../office/office-me.ts";
import {
  AttendanceQueue,
  type MarkRefusal,
  type PendingMark,
  type ShownMark,
  type Spot,
  shownMarks,
  spotKey,
  withNewer,
} from "./attendance-queue.ts";

/** How often another device's marks are asked for, and a mark that did not get through is tried again. */
const ASK_MS = 3000;
const RETRY_MS = 4000;

const NOTHING: readonly PendingMark[] = [];

interface Known {
  readonly revision: number;
  readonly records: readonly AttendanceRecord[];
}

function keyOf(runId: string) {
  return ["office", "attendance", runId] as const;
}

/** What is known of a run's attendance, and ways to mark it, also while nothing can be sent. */
export interface Attendance {
  /** Nothing was heard of the server yet. */
  readonly isPending: boolean;
  readonly error: unknown;
  refetch(): Promise<unknown>;
  of(spot: Spot): ShownMark | undefined;
  /** Marks of this device that are not sent yet. */
  readonly unsent: readonly PendingMark[];
  /** Those that the server did not take. */
  readonly refused: readonly PendingMark[];
  /** The last attempt to send did not get through. */
  readonly isCutOff: boolean;
  /** @param mark `null` takes the mark back */
  mark(spot: Spot, mark: AttendanceMark | null): void;
  /** Sends a refused mark all the same, over what it was refused for. */
  insist(refused: PendingMark): void;
  /** Leaves it as the server has it. */
  give(refused: PendingMark): void;
}

/** Watches who is there, and marks it: see `Attendance`. */
export function useAttendance(runId: string, isWatched = true): Attendance {
  const client = useClient();
  const queryClient = useQueryClient();
  const { id: personId } = useOfficeMe();
  const queue = useMemo(() => new AttendanceQueue(personId, runId), [personId, runId]);
  const pending = useSyncExternalStore(queue.subscribe, queue.read, () => NOTHING);
  const query = useQuery({
    queryKey: keyOf(runId),
    queryFn: async ({ signal }): Promise<Known> => {
      const known = queryClient.getQueryData<Known>(keyOf(runId));
      const records: AttendanceRecord[] = [];
      let cursor: string | null = null;
      let revision: number | undefined;
      do {
        const page: Awaited<ReturnType<typeof client.attendance.byRun.query>> =
          await client.attendance.byRun.query(
            { runId, cursor, ...(cursor === null && known && { knownRevision: known.revision }) },
            { signal },
          );
        if (page.isUnchanged && known !== undefined) return known;
        revision ??= page.revision;
        records.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      // What was marked here while this was on its way is newer.
      const latest = queryClient.getQueryData<Known>(keyOf(runId))?.records ?? [];
      return { revision: revision ?? 0, records: withNewer(records, latest) };
    },
    refetchInterval: isWatched ? ASK_MS : false,
  });
  const { sending, isCutOff } = useSending(queue, pending, runId);
  const records = query.data?.records;
  const shown = useMemo(() => shownMarks(records ?? [], pending), [records, pending]);
  function put(spot: Spot, mark: AttendanceMark | null, version: number): void {
    const { sessionId, registrationId } = spot;
    queue.add(
      { key: newIdempotencyKey(), sessionId, registrationId, mark, version, at: Date.now() },
      sending.current,
    );
  }
  return {
    isPending: query.data === undefined && query.error === null,
    error: query.data === undefined ? query.error : null,
    refetch: query.refetch,
    of: (spot) => shown.get(spotKey(spot)),
    unsent: pending.filter(({ refusal }) => refusal === null),
    refused: pending.filter(({ refusal }) => refusal !== null),
    isCutOff,
    mark: (spot, mark) => {
      // As it is at that moment: an undo is called long after it was drawn.
      const known = queryClient.getQueryData<Known>(keyOf(runId))?.records ?? [];
      const latest = shownMarks(known, queue.read()).get(spotKey(spot));
      put(spot, mark, latest?.version ?? 0);
    },
    insist: (refused) => put(refused, refused.mark, refused.refusal?.version ?? 0),
    give: (refused) => queue.remove(refused.key),
  };
}

/** Sends what is not sent yet, one after the other, and tries again as long as nothing gets through. */
function useSending(queue: AttendanceQueue, pending: readonly PendingMark[], runId: string) {
  const client = useClient();
  const queryClient = useQueryClient();
  const sending = useRef<string>(undefined);
  const [isCutOff, setIsCutOff] = useState(false);
  const next = pending.find(({ refusal }) => refusal === null);

  function send({ key, sessionId, registrationId, version, mark }: PendingMark) {
    const spot = { registrationId, version };
    return mark === null
      ? client.attendance.clear.mutate({ sessionId, marks: [spot], idempotencyKey: key })
      : client.attendance.mark.mutate({
          sessionId,
          marks: [{ ...spot, mark }],
          idempotencyKey: key,
        });
  }
  function take(mark: PendingMark, answer: AttendanceMarked): void {
    const [refused] = answer.refused;
    const current = refused?.current;
    const fresh = current == null ? answer.records : [...answer.records, current];
    queryClient.setQueryData<Known>(keyOf(runId), (known) =>
      known === undefined ? known : { ...known, records: withNewer(known.records, fresh) },
    );
    if (refused === undefined) queue.settle(mark, answer.records[0]?.version ?? mark.version);
    else {
      queue.refuse(mark, {
        reason: refused.reason,
        mark: refused.current?.mark ?? null,
        markedBy: refused.current?.markedBy ?? null,
        version: refused.current?.version ?? 0,
      });
    }
  }
  const attempt = useEffectEvent(async () => {
    // The latest, as what is drawn may be older.
    const mark = queue.read().find(({ refusal }) => refusal === null);
    if (mark === undefined || sending.current !== undefined) return;
    sending.current = mark.key;
    try {
      take(mark, await send(mark));
      setIsCutOff(false);
    } catch (error) {
      const refusal = refusalOf(error, mark);
      if (refusal === undefined) setIsCutOff(true);
      else queue.refuse(mark, refusal);
    } finally {
      sending.current = undefined;
    }
  });
  const nextKey = next?.key;
  useEffect(() => {
    if (nextKey === undefined) return;
    const now = () => void attempt();
    now();
    const timer = setInterval(now, RETRY_MS);
    globalThis.addEventListener("online", now);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener("online", now);
    };
  }, [nextKey]);
  return { sending, isCutOff: isCutOff && next !== undefined };
}

/** @returns why the server will never take it; `undefined` where it may be taken later */
function refusalOf(error: unknown, { version }: PendingMark): MarkRefusal | undefined {
  const none = { mark: null, markedBy: null, version };
  if (isLecternError(error, "Conflict")) {
    const { entity, detail } = error.data;
    if (entity === "session" && detail === "not_yet") return { reason: "not_yet", ...none };
    if (entity === "session" && detail === "over") return { reason: "over", ...none };
    return { reason: "other", ...none };
  }
  if (isLecternError(error, "NotFound") || isLecternError(error, "Forbidden")) {
    return { reason: "other", ...none };
  }
  if (isLecternError(error, "Invalid") || isLecternError(error, "IdempotencyMismatch")) {
    return { reason: "other", ...none };
  }
  // Out of reach, too many at once, not signed in any more: it stays, and is tried again.
  if (isLecternFailure(error)) return undefined;
  throw error;
}
