import { useSyncExternalStore } from "react";
import { readStored, subscribeToStorage, writeStored } from "../browser/stored.ts";

/** Name of the entry in the browser's storage. */
export const RECENT_COURSES = "lectern-recent";

const MAX = 6;
const NOTHING = "[]";

/** A course that was looked at, as far as a link to it needs. */
export interface RecentCourse {
  readonly slug: string;
  readonly title: string;
  readonly topic: string | null;
}

function isRecentCourse(value: unknown): value is RecentCourse {
  return (
    typeof value === "object" &&
    value !== null &&
    "slug" in value &&
    typeof value.slug === "string" &&
    "title" in value &&
    typeof value.title === "string" &&
    "topic" in value &&
    (value.topic === null || typeof value.topic === "string")
  );
}

function parsed(stored: string): RecentCourse[] {
  try {
    const value: unknown = JSON.parse(stored);
    return Array.isArray(value) ? value.filter(isRecentCourse) : [];
  } catch {
    return [];
  }
}

/** Puts a course first in the list. To be called with the visitor's consent. */
export function rememberCourse(course: RecentCourse): void {
  const others = parsed(readStored(RECENT_COURSES) ?? NOTHING).filter(
    ({ slug }) => slug !== course.slug,
  );
  writeStored(RECENT_COURSES, JSON.stringify([course, ...others].slice(0, MAX)));
}

/** @returns the courses looked at, the last one first; none on the server */
export function useRecentCourses(): RecentCourse[] {
  const stored = useSyncExternalStore(
    subscribeToStorage,
    () => readStored(RECENT_COURSES) ?? NOTHING,
    () => NOTHING,
  );
  return parsed(stored);
}
