/** What watches things over a stream: loaded with the first page that does, after it has come alive. */
export { subscribe } from "@lectern/client";
