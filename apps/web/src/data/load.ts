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
