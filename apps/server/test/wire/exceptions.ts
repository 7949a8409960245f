import type { Difference } from "./compare.ts";

/** Something that our handler and the stock adapter do not do alike, and why that is as it should be. */
export interface Exception {
  readonly name: string;
  readonly reason: string;
  /** The variants that it is about, by their names: each of them must show it. */
  readonly variants: RegExp;
  /** What may differ in these; everything, where nothing is said. */
  readonly aspects?: readonly string[];
}

const EXCEPTIONS: readonly Exception[] = [
  {
    name: "addresses with somebody's name in them",
    reason:
      "The adapter makes a Request of each, which takes no credentials in an address: it throws, and Fastify answers 500. Our handler makes none, and answers what was asked.",
    variants: /\buser(?::password)?@academy\.example/u,
  },
  {
    name: "an empty Host",
    reason:
      "The adapter makes a URL of it, which fails, and Fastify answers 500. The server takes it for none, which HTTP/1.0 allows.",
    variants: /^HTTP\/1\.0 with an empty Host$/u,
  },
  {
    name: "headers of an answer that was not sent",
    reason:
      "Where an answer turns out to be no JSON, the adapter leaves the headers in that it had made for it, such as how long to wait. The error that is sent instead is another one.",
    variants: /fault\.TOO_MANY_REQUESTS,result\.circular/u,
    aspects: ["header retry-after"],
  },
];

/**
 * @param played the names of all variants
 * @returns the differences for which there is no exception, with one for each exception that is none any longer
 */
export function withoutExceptions(
  differences: readonly Difference[],
  played: readonly string[],
): Difference[] {
  const unexplained = differences.filter(
    (difference) => !EXCEPTIONS.some((exception) => isExplained(difference, exception)),
  );
  const outdated = EXCEPTIONS.flatMap((exception) => {
    const { name, variants } = exception;
    const concerned = played.filter((variant) => variants.test(variant));
    const alike = concerned.filter(
      (variant) =>
        !differences.some(
          (difference) => difference.variant === variant && isExplained(difference, exception),
        ),
    );
    const those = concerned.length === 0 ? ["no variant"] : alike;
    return those.map((variant) => ({
      variant,
      aspect: `the exception of ${name} is none any longer: take it out of the table`,
      ours: "alike",
      stock: "alike",
    }));
  });
  return [...unexplained, ...outdated];
}

function isExplained({ variant, aspect }: Difference, { variants, aspects }: Exception): boolean {
  return variants.test(variant) && (aspects === undefined || aspects.includes(aspect));
}
