import { createHash } from "node:crypto";
import { z } from "zod";

/**
 * Words that nobody else uses, told wherever something is told: what is found of them afterwards says where
 * it leaked from.
 */
export type CanaryKind =
  /** Opens something: it stands nowhere, in no form. */
  | "secret"
  /** Personal, and looked for by nobody: it stands encrypted, and nowhere else. */
  | "encrypted"
  /** Says who somebody is, or what they told: in the tables that are for it. */
  | "told";

export interface Canary {
  readonly name: string;
  readonly value: string;
  readonly kind: CanaryKind;
}

/** Shorter ones turn up by chance, in a form that is not their own. */
const LONG_ENOUGH = 8;

/** @returns a text as base64 writes it in the midst of others, which depends on where it begins */
function inBase64(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    // What its neighbours have a part in is left out.
    const inner = encoded.slice(Math.ceil((before * 4) / 3), -4);
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

function hashes(text: string): string[] {
  return ["md5", "sha1", "sha256", "sha512"].flatMap((algorithm) => {
    const digest = createHash(algorithm).update(text).digest();
    return [digest.toString("hex"), digest.toString("base64"), digest.toString("base64url")];
  });
}

/**
 * @returns how a canary could be written down. A hash of what people make up, or have to remember, is as good
 *   as the thing itself to whoever tries words; one of what is random is worth nothing
 */
function tracesOf({ value, kind }: Canary): string[] {
  const bytes = Buffer.from(value, "utf8");
  // Digits alone stand in many a time and number.
  if (/^\d{1,8}$/u.test(value)) return [`"${value}"`, `=${value}`, ...hashes(value)];
  const isRandom = /^[A-Za-z0-9_-]{43}$/u.test(value);
  const decoded = isRandom ? Buffer.from(value, "base64url") : Buffer.alloc(0);
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    bytes.toString("hex"),
    [...bytes].join(","),
    ...inBase64(bytes),
    ...(isRandom ? [decoded.toString("hex"), decoded.toString("base64")] : []),
    ...(kind === "encrypted" ? hashes(value) : []),
  ];
  return [...new Set(forms.filter((form) => form.length >= LONG_ENOUGH))];
}

/** All canaries that were let out. */
export class Canaries {
  readonly #all: Canary[] = [];

  /** @returns the value */
  add(kind: CanaryKind, name: string, value: string): string {
    if (value === "") throw new TypeError(`There is no ${name}`);
    this.#all.push({ name, value, kind });
    return value;
  }

  /** @returns each of these kinds */
  of(...kinds: readonly CanaryKind[]): readonly Canary[] {
    return this.#all.filter(({ kind }) => kinds.includes(kind));
  }

  /** @returns the names of those of which there is a trace in a text */
  namesIn(text: string, ...kinds: readonly CanaryKind[]): string[] {
    const isThere = (canary: Canary) => tracesOf(canary).some((trace) => text.includes(trace));
    return [
      ...new Set(
        this.of(...kinds)
          .filter(isThere)
          .map(({ name }) => name),
      ),
    ];
  }
}

const Row = z.record(z.string(), z.unknown());

/** @returns where in a dump a canary stands, such as `person.name` or `pgboss.job_common.data.to.email` */
export function placesOf(dump: string, canary: Canary): string[] {
  const traces = tracesOf(canary);
  const hasTrace = (text: string) => traces.some((trace) => text.includes(trace));
  const places = new Set<string>();
  for (const line of dump.split("\n").filter(hasTrace)) {
    const blank = line.indexOf(" ");
    const row = Row.parse(JSON.parse(line.slice(blank + 1)));
    for (const place of leaves(row, hasTrace)) {
      places.add(`${line.slice(0, blank).replace(/^public\./u, "")}${place}`);
    }
  }
  return [...places].toSorted();
}

function leaves(value: unknown, isWanted: (text: string) => boolean): string[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, part]) => {
      const step = Array.isArray(value) ? "" : `.${name}`;
      return [
        ...(isWanted(name) ? [`${step} (name)`] : []),
        ...leaves(part, isWanted).map((rest) => step + rest),
      ];
    });
  }
  return isWanted(JSON.stringify(value)) ? [""] : [];
}
