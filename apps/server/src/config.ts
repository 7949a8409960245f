import { resolve } from "node:path";
import type { SecondFactorPolicy } from "@lectern/auth/sessions/sessions";
import { LanguageTag } from "@lectern/contract/primitives";
import { isReadableOnTheWay } from "@lectern/database/connection-privacy";
import { z } from "zod";
import { readGivenSecrets } from "./given-secrets.ts";
import { DEFAULT_CALL_LIMITS } from "./trpc/call-limits.ts";
import { type MailAddress, parseMailAddress } from "./mail/mail-address.ts";

/** The only reader of the environment. Everything else gets its configuration passed in. */

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

function blankAsMissing(value: unknown): unknown {
  return typeof value === "string" && value.trim() === "" ? undefined : value;
}

function optional<Shape extends z.ZodType>(shape: Shape) {
  return z.preprocess(blankAsMissing, shape.optional());
}

const Mailbox = z.string().transform((text, context): MailAddress => {
  const address = parseMailAddress(text);
  if (address !== undefined) return address;
  context.addIssue({ code: "custom", message: "must look like Academy <academy@example.com>" });
  return z.NEVER;
});

/** Connections that may go over the network as they are, as whoever runs the academy trusts it. */
const PLAIN = ["database", "mail"] as const;

const Plain = z.string().transform((text, context): (typeof PLAIN)[number][] => {
  const named = text.split(",").map((entry) => entry.trim());
  const known = PLAIN.filter((each) => named.includes(each));
  if (known.length === named.length) return known;
  context.addIssue({ code: "custom", message: "must be database, mail, or both with a comma" });
  return z.NEVER;
});

const Environment = z.object({
  PORT: optional(z.coerce.number("must be a number").int().min(0).max(65_535)),
  HOST: optional(z.string()),
  DATABASE_URL: optional(
    z.url({
      protocol: /^postgres(ql)?$/u,
      error: "must look like postgres://user:password@host/database",
    }),
  ),
  LECTERN_DATA: optional(z.string()),
  LECTERN_DEMO: optional(z.enum(["on", "off"])),
  LECTERN_WORKER: optional(z.enum(["on", "off"])),
  LECTERN_PUBLIC_URL: optional(z.url({ protocol: /^https?$/u })),
  LECTERN_OPERATOR_TOKEN: optional(z.string()),
  LECTERN_SECRET: optional(z.string().min(32, "must have at least 32 characters")),
  LECTERN_SECRET_PREVIOUS: optional(z.string().min(32, "must have at least 32 characters")),
  LECTERN_SMTP_URL: optional(
    z.url({ protocol: /^smtps?$/u, error: "must look like smtp://user:password@host:587" }),
  ),
  LECTERN_MAIL_FROM: optional(Mailbox),
  LECTERN_STAFF_MAIL: optional(Mailbox),
  LECTERN_STAFF_LANGUAGE: optional(LanguageTag),
  LECTERN_UNENCRYPTED: optional(Plain),
  LECTERN_SECOND_FACTOR: optional(z.enum(["nobody", "staff", "everyone"])),
  LECTERN_LOG_LEVEL: optional(z.enum(LOG_LEVELS)),
  LECTERN_TRUSTED_PROXIES: optional(z.string()),
  LECTERN_CALLS_PER_MINUTE: optional(
    z.coerce.number("must be a number").int().min(0).max(10_000_000),
  ),
  LECTERN_PUBLIC_CACHE_MIB: optional(
    z.coerce
      .number("must be a number of mebibytes, such as 64; 0 keeps nothing")
      .int()
      .min(0)
      .max(100_000),
  ),
  LECTERN_POOL_SIZE: optional(z.coerce.number("must be a number").int().min(1).max(200)),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the folder for the embedded database and secrets. */
  readonly dataDirectory: string;
  /** An external PostgreSQL; without it Lectern runs its own. */
  readonly databaseUrl: string | undefined;
  readonly poolSize: number;
  /** Whether an empty academy is filled with the demo at its first start. */
  readonly demo: boolean;
  /** Whether the server runs jobs as well; otherwise processes of their own do. */
  readonly worker: boolean;
  /** Where visitors reach the site, without a slash at the end; otherwise taken from the request. */
  readonly publicUrl: string | undefined;
  /** Given instead of the ones kept in the data folder, where several instances share a database. */
  readonly operatorToken: string | undefined;
  readonly accessSecret: string | undefined;
  /** What that was before, while it is changed: see `createKeyring`. */
  readonly previousSecret: string | undefined;
  /** How mails leave; without it they are kept, to be read in the mailbox. */
  readonly mail: MailConfig;
  /** Of whom a second factor is asked. */
  readonly secondFactor: SecondFactorPolicy;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Addresses or networks of proxies whose forwarding headers are believed. */
  readonly trustedProxies: readonly string[];
  /** Calls that one address may make in a minute; 0: any number. */
  readonly callsPerMinute: number;
  /** Most memory for answers that are the same for everybody; 0: none are kept. */
  readonly publicCacheMebibytes: number;
}

export interface MailConfig {
  /** `smtp://` or `smtps://`, with user and password if need be. */
  readonly smtpUrl: string | undefined;
  /** Whom mails come from: there with `smtpUrl`. */
  readonly sender: MailAddress | undefined;
  /** Whether it may be spoken to without TLS on another machine; never with a password. */
  readonly mayBePlain: boolean;
  /** Where notices for staff go. */
  readonly staff: MailAddress | undefined;
  /** BCP 47: what notices for staff are written in. */
  readonly staffLanguage: string;
}

/** The configuration is not right; the message lists every variable at fault and what it should be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * @param environment usually `process.env`
 * @param workingDirectory what relative paths start from
 * @throws ConfigError naming each variable that is wrong; values are not repeated, they may be secret
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): Config {
  const given = readGivenSecrets(environment);
  const parsed = Environment.superRefine((variables, context) => {
    if (variables.LECTERN_SMTP_URL !== undefined && variables.LECTERN_MAIL_FROM === undefined) {
      context.addIssue({
        code: "custom",
        path: ["LECTERN_MAIL_FROM"],
        message: "must be set, as LECTERN_SMTP_URL is: whom mails come from",
      });
    }
    const isTrusted = variables.LECTERN_UNENCRYPTED?.includes("database") === true;
    const url = variables.DATABASE_URL;
    if (url !== undefined && !isTrusted && isReadableOnTheWay(url, environment["PGHOST"])) {
      context.addIssue({
        code: "custom",
        path: ["DATABASE_URL"],
        message:
          "leads to another machine, without encryption: add ?sslmode=verify-full (or require, which does not look at " +
          "the certificate), or set LECTERN_UNENCRYPTED=database if nobody else is on that network",
      });
    }
  }).safeParse(given.environment);
  if (!parsed.success || given.faults.length > 0) {
    const wrong = parsed.error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    const lines = [...given.faults, ...(wrong ?? [])].map((line) => `  ${line}`);
    throw new ConfigError(`The configuration is not right:\n${lines.join("\n")}`);
  }
  const variables = parsed.data;
  return {
    host: variables.HOST ?? "localhost",
    port: variables.PORT ?? 3000,
    dataDirectory: resolve(workingDirectory, variables.LECTERN_DATA ?? ".lectern"),
    databaseUrl: variables.DATABASE_URL,
    poolSize: variables.LECTERN_POOL_SIZE ?? 10,
    // A database of somebody's own is not filled with inventions unless they say so.
    demo:
      (variables.LECTERN_DEMO ?? (variables.DATABASE_URL === undefined ? "on" : "off")) === "on",
    worker: variables.LECTERN_WORKER !== "off",
    publicUrl: variables.LECTERN_PUBLIC_URL?.replace(/\/+$/u, ""),
    operatorToken: variables.LECTERN_OPERATOR_TOKEN,
    accessSecret: variables.LECTERN_SECRET,
    previousSecret: variables.LECTERN_SECRET_PREVIOUS,
    mail: {
      smtpUrl: variables.LECTERN_SMTP_URL,
      sender: variables.LECTERN_MAIL_FROM,
      mayBePlain: variables.LECTERN_UNENCRYPTED?.includes("mail") === true,
      staff: variables.LECTERN_STAFF_MAIL,
      staffLanguage: variables.LECTERN_STAFF_LANGUAGE ?? "en",
    },
    secondFactor: variables.LECTERN_SECOND_FACTOR ?? "staff",
    logLevel: variables.LECTERN_LOG_LEVEL ?? "info",
    publicCacheMebibytes: variables.LECTERN_PUBLIC_CACHE_MIB ?? 64,
    callsPerMinute: variables.LECTERN_CALLS_PER_MINUTE ?? DEFAULT_CALL_LIMITS.perMinute,
    trustedProxies: (variables.LECTERN_TRUSTED_PROXIES ?? "")
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  };
}
