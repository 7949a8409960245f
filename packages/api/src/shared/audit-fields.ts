import { z } from "zod";

const Fields = z.record(z.string(), z.unknown());

/** @returns what an entry of the audit log says of fields, before or after a change; `null` where there was nothing */
export function fieldsOf(value: unknown): Record<string, unknown> | null {
  const parsed = Fields.safeParse(value);
  return parsed.success ? parsed.data : null;
}
