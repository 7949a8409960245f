import type { FetchQueryOptions, QueryClient, QueryKey } from "@tanstack/react-query";
import { notFound } from "@tanstack/react-router";
import { isLecternError } from "@lectern/client";

/**
 * Asks for what a page can't be without, unless it is there already.
 *
 * @throws notFound when the API says that there is no such thing: the page is the one that says so
 */
export async function loadOrNotFound<Answer, Failure, Key extends QueryKey>(
  queryClient: QueryClient,
  options: FetchQueryOptions<Answer, Failure, Answer, Key>,
): Promise<Answer> {
  try {
    return await queryClient.ensureQueryData(options);
  } catch (error) {
    // What the address says may not even have the form of an identifier.
    if (isLecternError(error, "NotFound") || isLecternError(error, "Invalid")) throw notFound();
    throw error;
  }
}

/**
 * Waits for a list that begins where an address says. Only the API can tell whether a list is from where that is:
 * an address may be cut, or years old.
 *
 * @param asked the answers that the page can't be without
 * @param begin leads to the beginning of the list, by what it throws: called when the API says that it did not write
 *   the cursor
 */
export async function loadFromCursor<Answer>(
  asked: Promise<Answer>,
  begin: () => unknown,
): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    const isOfCursor =
      isLecternError(error, "Invalid") && error.data.issues.some(({ path }) => path === "cursor");
    if (isOfCursor) begin();
    throw error;
  }
}
