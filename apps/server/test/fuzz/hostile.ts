import type { Dice } from "./dice.ts";

/** What nobody types by accident, by what it is meant to break. */
const HOSTILE: readonly unknown[] = [
  // Query languages
  "' OR '1'='1",
  "'; DROP TABLE booking; --",
  "\\'; SELECT pg_sleep(5); --",
  "1) UNION SELECT hash FROM password --",
  "$1",
  "%",
  "_%_%_%_%_%_%_%_%_%_%_%_%_%_",
  // Text that is none, or is more than it seems
  "\u0000",
  "a\u0000b",
  "\uD800",
  "\uDFFF\uD800",
  "\uFEFF\u200B\u202Eevil",
  "\uE000one_time|00000000-0000-7000-8000-000000000000\uE001",
  "ﷺ".repeat(200),
  "́".repeat(500),
  "ß".repeat(200),
  "\r\nBcc: all@example.com\r\n",
  "Set-Cookie: lectern_session=x",
  // Pages
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "{{7*7}}${7*7}",
  "[x](javascript:alert(1))",
  // Paths and addresses
  "../../../../etc/passwd",
  "//evil.example",
  "\\\\evil.example\\x",
  "http://169.254.169.254/latest/meta-data",
  "file:///etc/passwd",
  // Regular expressions that take for ever
  `${"a".repeat(200)}!`,
  "(((((((((((((((((((((a)*)*)*)*)*)*)*)*)*)*",
  `${" ".repeat(300)}x`,
  `${"a-".repeat(100)}a`,
  `a${"@".repeat(250)}`,
  // Numbers
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  Number.MAX_VALUE,
  -1,
  0,
  -0,
  0.1,
  1e21,
  2147483648,
  2 ** 63,
  "1e999",
  "NaN",
  // Times
  "0000-00-00T00:00:00Z",
  "2999-12-31T23:59:59.999Z",
  "2027-02-30",
  "1000-01-01T00:00:00Z",
  "24:00",
  "Europe/Atlantis",
  // Of another type
  null,
  true,
  false,
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  { $ne: null },
  { toString: "x" },
  JSON.parse('{"then":"x"}'),
  { length: 5 },
  "__proto__",
  "constructor",
  "",
  " ",
];

/** Long, deep and many: what takes long to read. */
const LARGE: readonly (() => unknown)[] = [
  () => "x".repeat(100_000),
  () => "é".repeat(20_001),
  () => Array.from({ length: 5000 }, () => "x"),
  () => Array.from({ length: 500 }, () => ({ a: { b: { c: [] } } })),
  () => {
    let deep: unknown = "x";
    for (let level = 0; level < 500; level += 1) deep = level % 2 === 0 ? [deep] : { a: deep };
    return deep;
  },
  () => Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, index])),
];

export function hostileValue(dice: Dice): unknown {
  // A copy: what is spoiled further must not spoil the list.
  return dice.isOnceIn(30) ? dice.oneOf(LARGE)() : structuredClone(dice.oneOf(HOSTILE));
}

/** Names that reach into what an object is made of. */
const NAMES = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "id",
  "isAdmin",
  "role",
] as const;

/** A part of a value: the object or array that holds it, and its name there. */
interface Part {
  readonly holder: object;
  readonly key: string;
}

function partsOf(value: unknown): Part[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [{ holder: value, key }, ...partsOf(part)]);
}

/**
 * Spoils a value in one place: a part is missing, of another kind, longer, or there is one too many.
 *
 * @param input is changed
 * @returns the value, or another one in its place
 */
export function spoil(input: unknown, dice: Dice): unknown {
  const parts = partsOf(input);
  if (parts.length === 0 || dice.isOnceIn(20)) return hostileValue(dice);
  const { holder, key } = dice.oneOf(parts);
  switch (dice.whole(0, 4)) {
    case 0:
      if (!Array.isArray(holder)) Reflect.deleteProperty(holder, key);
      break;
    case 1:
      // As JSON.parse would: a field of its own, whatever its name.
      Object.defineProperty(holder, dice.oneOf(NAMES), {
        value: hostileValue(dice),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    case 2: {
      const before: unknown = Reflect.get(holder, key);
      Reflect.set(holder, key, longer(before));
      break;
    }
    default:
      Reflect.set(holder, key, hostileValue(dice));
  }
  return input;
}

/** More than a request may hold is enough, however often something is made longer. */
const MOST_CHARACTERS = 10_000_000;

function longer(value: unknown): unknown {
  if (typeof value === "string")
    return value === "" ? "x".repeat(300) : value.repeat(Math.ceil(20_000 / value.length));
  if (typeof value === "number") return value * 1e6 + 1;
  if (Array.isArray(value)) {
    const first: unknown = value[0] ?? "x";
    const most = Math.floor(MOST_CHARACTERS / (JSON.stringify(first)?.length ?? 1));
    // Copies: what is spoiled in one of them would grow in all.
    return Array.from({ length: Math.min(300, Math.max(most, 2)) }, () => structuredClone(first));
  }
  return [value];
}
