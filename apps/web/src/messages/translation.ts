/**
 * A group of messages in another language than English. What is missing stands in English until it is translated, which
 * `pnpm messages check` tells; so it does where a message takes other arguments than the English one.
 */
export type Translation<English> = { readonly [Name in keyof English]?: string };
