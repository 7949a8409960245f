import { type Variant, bytesOf, type RequestOptions, variantOf } from "./variant.ts";
import type { WorldName } from "./worlds.ts";

/** Requests as tRPC's clients write them. */

export interface CallOptions extends Partial<RequestOptions> {
  readonly world?: WorldName;
  /** Whether our handler must answer it: unless said otherwise, yes. */
  readonly isOurs?: boolean;
  /** What is special about it. */
  readonly because?: string;
}

export const JSON_TYPE = ["content-type", "application/json"] as const;

/** @param input as JSON; nothing is sent where it is missing */
export function get(path: string, input?: string, options: CallOptions = {}): Variant {
  const query = input === undefined ? "" : `?input=${encodeURIComponent(input)}`;
  return call(`GET ${path} ${shown(input)}`, `${encodeURIComponent(path)}${query}`, options);
}

/** @param body as JSON; an empty one is sent where it is missing */
export function post(path: string, body?: string, options: CallOptions = {}): Variant {
  return call(`POST ${path} ${shown(body)}`, encodeURIComponent(path), {
    method: "POST",
    headers: [JSON_TYPE],
    body: bytesOf(body ?? ""),
    ...options,
  });
}

/** @param inputs as JSON, of all together */
export function batchGet(
  paths: readonly string[],
  inputs?: string,
  options: CallOptions = {},
): Variant {
  const input = inputs === undefined ? "" : `&input=${encodeURIComponent(inputs)}`;
  return call(
    `GET ${paths.length} of ${paths.join().slice(0, 80)} ${shown(inputs)}`,
    `${paths.map(encodeURIComponent).join()}?batch=1${input}`,
    options,
  );
}

/** A request for something below a world's prefix. */
export function call(name: string, target: string, options: CallOptions): Variant {
  const { world = "plain", isOurs = true, because, ...request } = options;
  const label = `${world}: ${name}${because === undefined ? "" : ` (${because})`}`;
  return variantOf(label, isOurs, { target: `/${world}/${target}`, ...request });
}

function shown(text: string | undefined): string {
  if (text === undefined) return "without input";
  return text.length > 60 ? `${text.slice(0, 60)}… of ${text.length}` : text;
}
