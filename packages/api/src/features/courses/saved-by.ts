import type { SavedBy } from "@lectern/contract/course-editing";
import { courseVersion } from "@lectern/database/schema/catalogue";
import { person } from "@lectern/database/schema/people";
import type { z } from "zod";

/** Who saved a version, as columns of a query on `course_version` that joins `person` on the left. */
export const savedByColumns = { savedByKind: courseVersion.savedByKind, savedByName: person.name };

/** @returns the same as the contract has it */
export function toSavedBy(row: {
  savedByKind: z.infer<typeof SavedBy>["kind"];
  savedByName: string | null;
}): z.infer<typeof SavedBy> {
  return { kind: row.savedByKind, name: row.savedByName };
}
