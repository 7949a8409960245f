import type { Row } from "./bench.ts";
import { bookingRows } from "./bookings.ts";
import { cmsRows } from "./cms.ts";
import { coldStartRow } from "./cold-start.ts";
import { growthRow } from "./growth.ts";
import { invalidationRow } from "./invalidation.ts";
import { loggingRow } from "./logging.ts";
import { memoryRow } from "./memory.ts";
import { openLoopRows } from "./open-loop.ts";
import { readRows } from "./reads.ts";
import { signInStormRow } from "./sign-in-storm.ts";
import { signedInRow } from "./signed-in.ts";
import { recheckRow } from "./recheck.ts";
import { sizeRows } from "./size.ts";
import { manyTypesRow, typesRow } from "./types.ts";

/** All rows, in the order of the table. */
export const ROWS: readonly Row[] = [
  ...readRows,
  signedInRow,
  signInStormRow,
  loggingRow,
  ...bookingRows,
  growthRow,
  ...openLoopRows,
  invalidationRow,
  memoryRow,
  coldStartRow,
  ...sizeRows,
  typesRow,
  manyTypesRow,
  recheckRow,
  // Last, as those who are compared stay until the end.
  ...cmsRows,
];
