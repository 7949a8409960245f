import { DomainError } from "../domain-error.ts";

/**
 * @returns what a call was refused with
 * @throws Error when it was not refused, or failed in another way
 */
export async function refusalOf(promise: Promise<unknown>): Promise<DomainError["body"]> {
  const error = await promise.then(
    () => new Error("It was not refused"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw error;
  return error.body;
}
