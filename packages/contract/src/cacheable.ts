/**
 * The public queries: the same answer for everybody and nothing secret in the question. The client
 * sends each as a GET of its own, so that HTTP caches can hold it; everything else goes in batches
 * by POST. A test holds this list against the router.
 */
export const CACHEABLE_QUERIES = [
  "articles.bySlug",
  "articles.list",
  "courses.bySlug",
  "courses.facets",
  "courses.list",
  "courses.topics",
  "runs.byId",
  "runs.upcoming",
  "system.info",
] as const;

/** Header by which the client package shows that a call comes from a program and not from a form. */
export const CLIENT_HEADER = "x-lectern-client";

/** Header that carries the id of a request, both ways. */
export const REQUEST_ID_HEADER = "x-request-id";

/** Most calls that one request may carry: the client never batches more, the server refuses more. */
export const MAX_BATCH_SIZE = 20;

/**
 * Most characters of the address of a call. The client sends a batch in pieces, or a query in a
 * body, before it gets longer; the server's router accepts parameters up to this length.
 */
export const MAX_URL_LENGTH = 4000;
