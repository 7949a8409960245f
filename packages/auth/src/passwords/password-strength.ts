import { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** How long passwords are: long ones are fine, endless ones would keep the server busy. */
const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/** Guesses that an online attacker never gets to make, by zxcvbn's scale of 0 to 4. */
const LEAST_SCORE = 3;

/**
 * Nobody else is served while a password is judged, and work grows faster than length: with twice as many characters, and the library's own
 * hundred substitutions, it takes up to a second. What begins with so many characters that hold is strong.
 */
const LOOKED_AT = 32;

/** Ways in which what stands for letters, as in `p4$$w0rd`, is read at most. */
const SUBSTITUTIONS = 16;

/** What is wrong with a password. */
export interface Weakness {
  /** One sentence, for whoever chooses it. */
  readonly message: string;
}

let estimator: Promise<ZxcvbnFactory> | undefined;

/** Its dictionaries take a while to unpack, and whoever never sets a password need not wait for them. */
async function makeEstimator(): Promise<ZxcvbnFactory> {
  const [common, english] = await Promise.all([
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    l33tMaxSubstitutions: SUBSTITUTIONS,
  });
}

/**
 * Looks at a password that somebody wants to set: no rules of composition, but nothing that is guessed
 * soon (NIST SP 800-63B, 3.1.1.2).
 *
 * @param context words that an attacker tries first: names, address, the academy
 * @returns what is wrong with it, or `undefined`
 */
export async function weaknessOf(
  password: string,
  context: readonly string[],
): Promise<Weakness | undefined> {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min) {
    return { message: `Use at least ${PASSWORD_LENGTH.min} characters.` };
  }
  if (length > PASSWORD_LENGTH.max) {
    return { message: `Use at most ${PASSWORD_LENGTH.max} characters.` };
  }
  const words = context.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  estimator ??= makeEstimator();
  const { score, feedback } = (await estimator).check(
    password.normalize("NFKC").slice(0, LOOKED_AT),
    ["lectern", ...words].filter((word) => word.length > 2),
  );
  if (score >= LEAST_SCORE) return undefined;
  const hints = [feedback.warning, ...feedback.suggestions].filter(Boolean).slice(0, 2);
  return { message: ["This password would be guessed soon.", ...hints].join(" ") };
}
