import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { type SystemCallParts, systemCall } from "../../shared/system-call.ts";
import { continueRotation } from "./continue-rotation.ts";
import { rotateKeysQueue } from "./rotate-queue.ts";

/** What the worker does for the keys of personal fields. */
export function keysJobs(parts: SystemCallParts & { db: Database }): readonly JobHandler[] {
  return [
    handle(rotateKeysQueue, (_, { id, signal }) =>
      continueRotation(parts.db, systemCall(parts, id), { signal }),
    ),
  ];
}

/** A rotation that was cut off goes on by itself, whatever became of its job. */
export const keysSchedules: readonly Schedule[] = [every("* * * * *", rotateKeysQueue, {})];
