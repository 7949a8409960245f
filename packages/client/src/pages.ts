import type { CallOptions } from "./options.ts";

interface PageLike<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

interface PagedQuery<Input, Page> {
  query(input: Input, options?: CallOptions): Promise<Page>;
}

/**
 * Walks over a list, asking for a page when the one before is used up.
 *
 * @param procedure a query that answers in pages, such as `client.courses.list`
 * @param input what to ask for; with a cursor in it, the walk begins there
 * @example for await (const page of pages(client.courses.list, { levels: ["beginner"] })) { … }
 */
export async function* pages<
  Input extends { cursor?: string | null | undefined },
  Page extends PageLike<unknown>,
>(
  procedure: PagedQuery<Input, Page>,
  input: Input,
  options?: CallOptions,
): AsyncGenerator<Page, void, undefined> {
  let page = await procedure.query(input, options);
  yield page;
  while (page.nextCursor !== null) {
    page = await procedure.query({ ...input, cursor: page.nextCursor }, options);
    yield page;
  }
}

/**
 * Walks over the items of a list, asking for further pages as needed.
 *
 * @example for await (const run of items(client.runs.upcoming, { cities: ["Oslo"] })) { … }
 */
export async function* items<Input extends { cursor?: string | null | undefined }, Item>(
  procedure: PagedQuery<Input, PageLike<Item>>,
  input: Input,
  options?: CallOptions,
): AsyncGenerator<Item, void, undefined> {
  for await (const page of pages(procedure, input, options)) yield* page.items;
}
