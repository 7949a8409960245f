import { issueFirstAdministratorLink } from "@lectern/api/features/people/accounts/first-administrator";
import { createLive, type Live } from "@lectern/api/shared/live/live";
import { accessKeys } from "@lectern/auth/access-key";
import { openFieldCipher } from "@lectern/auth/encryption/open-field-cipher";
import { createOpenIdProviders } from "@lectern/auth/openid/openid-providers";
import { isLocalUrl } from "@lectern/auth/openid/public-address";
import { oneTimeKey } from "@lectern/auth/one-time";
import { operatorTokenVerifier } from "@lectern/auth/operator-token";
import { createPasswords } from "@lectern/auth/passwords/passwords";
import { createSessions } from "@lectern/auth/sessions/sessions";
import { migrate } from "@lectern/database/migrate";
import type { FastifyBaseLogger } from "fastify";
import { buildServer } from "./build-server.ts";
import { resolveTxt } from "./resolve-txt.ts";
import type { Config } from "./config.ts";
import { loadDemoOnce } from "./load-demo.ts";
import { type OpenDatabaseOptions, openDatabase } from "./open-database.ts";
import { mailboxKey } from "./mail/mailbox-session.ts";
import { ACADEMY } from "./mail/open-mail.ts";
import { PortTakenError, isAddressInUse, requireFreePort } from "./port.ts";
import { watchReadiness } from "./readiness.ts";
import { loadSecrets } from "./secrets.ts";
import type { Site } from "./site/site.ts";
import { DEFAULT_CALL_LIMITS } from "./trpc/call-limits.ts";
import { runJobs } from "./worker/run-jobs.ts";

/** What is being done, for whoever waits for it. */
export type StartStep =
  | { readonly step: "database"; readonly detail: Parameters<OpenDatabaseOptions["onProgress"]>[0] }
  | { readonly step: "migrated"; readonly applied: number }
  | { readonly step: "demo"; readonly detail: string };

export interface RunOptions {
  readonly config: Config;
  readonly logger: FastifyBaseLogger;
  /** The website; awaited late, so that it can be built while the database starts. */
  readonly site: Promise<Site | undefined>;
  readonly onStep?: (step: StartStep) => void;
  /** Whether somebody sees the address that makes the first administrator; it belongs in no log. */
  readonly offersAdministratorLink?: boolean;
  /** The academy can't go on; whoever runs it should stop it. */
  readonly onLost: (error: unknown) => void;
}

export interface RunningLectern {
  /** Address of site and API. */
  readonly url: string;
  /** Opens the mailbox, for whoever may see it; there is none where mails are sent. */
  readonly mailboxUrl: string | undefined;
  /** Makes the first administrator, for whoever started the academy; there is none once there is one. */
  readonly administratorUrl: string | undefined;
  /** Whether the demo academy was loaded by this start. */
  readonly hasLoadedDemo: boolean;
  /**
   * Stops in order: readiness says no, requests under way finish, connections close, the database stops.
   */
  stop(): Promise<void>;
}

/**
 * Runs an academy: database, migrations, secrets, demo at the first start, server.
 *
 * @throws PortTakenError, DataDirectoryInUse, ConnectFailed, UnsupportedServerVersion, EmbeddedServerError,
 *   WrongSecret
 */
export async function runLectern(options: RunOptions): Promise<RunningLectern> {
  const { config, logger, onStep = () => {}, onLost } = options;
  // A site that fails to build early is a failure to start, and no unhandled rejection.
  options.site.catch(() => {});
  await requireFreePort(config.port, config.host);
  const database = await openDatabase({
    config,
    logger,
    onProgress: (detail) => {
      onStep({ step: "database", detail });
    },
    onLost,
  });
  let live: Live | undefined;
  try {
    const { db } = database;
    const applied = await migrate(db);
    onStep({ step: "migrated", applied: applied.length });
    const secrets = await loadSecrets(config);
    const hasLoadedDemo =
      config.demo && (await loadDemoOnce(db, (detail) => onStep({ step: "demo", detail })));

    const keys = accessKeys(secrets.accessSecret);
    const { previousSecret } = config;
    const fields = await openFieldCipher(db, secrets.accessSecret, { previousSecret });
    const academy = config.mail.sender?.name || ACADEMY;
    const sessions = createSessions({
      secondFactor: config.secondFactor,
      onFault: (error) => logger.warn({ err: error }, "a session could not be marked as used"),
    });
    live = createLive(db, {
      onFault: (fault, error) => logger.warn({ err: error }, fault),
    });
    const { changed } = live;
    const readiness = watchReadiness(db);
    if (config.publicUrl?.startsWith("https:") === true && config.trustedProxies.length === 0) {
      logger.warn(
        "LECTERN_TRUSTED_PROXIES is not set: behind a proxy everybody seems to come from one address, and is limited together",
      );
    }
    const hasMailbox = config.mail.smtpUrl === undefined;
    const app = await buildServer({
      db,
      accessKeys: keys,
      fields,
      changed,
      live,
      publicCacheBytes: config.publicCacheMebibytes * 1024 * 1024,
      auth: {
        sessions,
        passwords: await createPasswords(),
        openid: createOpenIdProviders({ allowsLocal: isOnDevelopersMachine(config) }),
        publicUrl: config.publicUrl,
        academy,
        resolveTxt,
      },
      verifyOperator: operatorTokenVerifier(secrets.operatorToken),
      readiness,
      logger,
      site: await options.site,
      publicUrl: config.publicUrl,
      ...(hasMailbox && { mailbox: { academy } }),
      trustedProxies: config.trustedProxies,
      callLimits: { ...DEFAULT_CALL_LIMITS, perMinute: config.callsPerMinute },
    });
    try {
      await app.listen({ port: config.port, host: config.host });
    } catch (error) {
      throw isAddressInUse(error) ? new PortTakenError(config.port) : error;
    }
    const [bound] = app.addresses();
    const url = addressOf(config, typeof bound === "object" ? bound.port : config.port);
    const publicUrl = config.publicUrl ?? url;
    const work = { db, accessKeys: keys, fields, publicUrl, mail: config.mail, logger, changed };
    const jobs = await runJobs(work, config.worker).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
    const administratorLink =
      options.offersAdministratorLink === true ? await issueFirstAdministratorLink(db) : undefined;
    await database.announce(url);
    return {
      url,
      mailboxUrl: hasMailbox ? `${url}/mailbox#key=${mailboxKey(keys)}` : undefined,
      administratorUrl:
        administratorLink &&
        `${publicUrl}/account/first-administrator#${administratorLink}.${oneTimeKey(keys, administratorLink)}`,
      hasLoadedDemo,
      stop: async () => {
        readiness.stop();
        await Promise.all([app.close(), jobs.stop()]);
        await live?.close();
        await database.close();
      },
    };
  } catch (error) {
    await live?.close();
    await database.close();
    throw error;
  }
}

/** Where nobody else reaches the academy, a provider may run beside it. */
function isOnDevelopersMachine({ publicUrl, host }: Config): boolean {
  return publicUrl === undefined ? host === "localhost" : isLocalUrl(new URL(publicUrl));
}

function addressOf(config: Config, port: number): string {
  const isAnywhere = config.host === "0.0.0.0" || config.host === "::";
  const host = isAnywhere ? "localhost" : config.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
