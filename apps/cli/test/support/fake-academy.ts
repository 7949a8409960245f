import type { CourseRecord, ImportOutcome } from "@lectern/contract/courses";
import type { RunRecord } from "@lectern/contract/runs";
import { type MockClient, createMockClient } from "@lectern/client/testing";

/**
 * An academy in memory that takes in and gives out records as the real one does: by external
 * identifier, each whole or refused, exports in the order of the identifiers' bytes.
 */
export interface FakeAcademy extends MockClient {
  readonly courses: Map<string, CourseRecord>;
  readonly runs: Map<string, RunRecord>;
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function take<Item extends { externalId: string }>(
  kept: Map<string, Item>,
  item: Item,
  dryRun: boolean,
): ImportOutcome {
  const before = kept.get(item.externalId);
  const { externalId } = item;
  const id = "01890000-0000-7000-8000-000000000000";
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(item)) {
    return { externalId, id, result: "unchanged", reasons: [] };
  }
  if (!dryRun) kept.set(externalId, item);
  const result = before === undefined ? "created" : "updated";
  return { externalId, id, result, reasons: [] };
}

function page<Item>(all: readonly Item[], cursor: string | null | undefined, limit: number) {
  const from = Number(cursor ?? 0);
  const next = from + limit;
  return {
    items: all.slice(from, next),
    nextCursor: next < all.length ? String(next) : null,
    total: all.length,
  };
}

/** Pages are small, so that every test meets more than one. */
const PAGE = 7;

export function createFakeAcademy(): FakeAcademy {
  const courses = new Map<string, CourseRecord>();
  const runs = new Map<string, RunRecord>();
  const mock = createMockClient({
    courses: {
      import: ({ records, dryRun = false }) => ({
        outcomes: records.map((record) => take(courses, record, dryRun)),
      }),
      export: ({ cursor }) =>
        page(
          [...courses.values()]
            .map((course) => ({
              ...course,
              related: course.related.filter((id) => courses.has(id)),
            }))
            .toSorted((a, b) => byBytes(a.externalId, b.externalId)),
          cursor,
          PAGE,
        ),
    },
    runs: {
      import: ({ records, dryRun = false }) => ({
        outcomes: records.map((record): ImportOutcome => {
          const { externalId, courseExternalId } = record;
          if (!courses.has(courseExternalId)) {
            const reasons = [`There is no course ${courseExternalId}.`];
            return { externalId, id: null, result: "refused", reasons };
          }
          const whole = {
            visibility: "public",
            bookingOpensAt: null,
            bookingClosesAt: null,
            ...record,
          } as RunRecord;
          return take(runs, whole, dryRun);
        }),
      }),
      export: ({ cursor }) =>
        page(
          [...runs.values()].toSorted(
            (a, b) =>
              byBytes(a.courseExternalId, b.courseExternalId) ||
              byBytes(a.localStart, b.localStart) ||
              byBytes(a.externalId, b.externalId),
          ),
          cursor,
          PAGE,
        ),
    },
  });
  return { ...mock, courses, runs };
}
