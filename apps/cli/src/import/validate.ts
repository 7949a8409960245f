import type { RecordFindings } from "./findings.ts";

/** A shape of the contract, as far as it matters here. */
interface Shape<Value> {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: Value }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly {
            readonly path: readonly PropertyKey[];
            readonly message: string;
          }[];
        };
      };
}

const REASONS_MAX = 10;

/**
 * Holds a record against the contract before it is sent, so that one that is not right is reported
 * by itself and not with the batch that it would be in.
 *
 * @returns the record, or `undefined` after a finding for each thing that is wrong
 */
export function refuseInvalid<Value>(
  shape: Shape<Value>,
  record: unknown,
  findings: RecordFindings,
): Value | undefined {
  const parsed = shape.safeParse(record);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues.slice(0, REASONS_MAX)) {
    const where = path.map(String).join(".");
    findings.refuse("not_valid", where === "" ? message : `${where}: ${message}`);
  }
  return undefined;
}
