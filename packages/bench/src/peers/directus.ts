import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { administer } from "@lectern/database/driver/administer";
import { plainEnvironment } from "../config.ts";
import { freePort, startServerProcess } from "../contenders/server-process.ts";
import type { ServerPlace } from "../contenders/servers.ts";
import { CARD, type Cms, ENQUIRY, addressOf, countData } from "./cms.ts";

const BOOTSTRAP_TIMEOUT_MS = 180_000;

/**
 * Lets everybody read courses and articles and send enquiries. Its free tier knows no permissions for some rows or fields, so
 * that which articles are published is asked for in each address. An enquiry's id is made by the application.
 */
const OPEN = [
  "INSERT INTO directus_collections (collection) VALUES ('course'), ('article'), ('enquiry')",
  "INSERT INTO directus_fields (collection, field, special) VALUES ('enquiry', 'id', 'uuid')",
  `INSERT INTO directus_permissions (collection, action, permissions, validation, fields, policy)
   SELECT open.collection, open.action, '{}', '{}', '*', access.policy
   FROM directus_access AS access,
     (VALUES ('course', 'read'), ('article', 'read'), ('enquiry', 'create')) AS open (collection, action)
   WHERE access.role IS NULL AND access."user" IS NULL`,
];

const PUBLISHED = { "filter[status][_eq]": "published" };

/**
 * Directus takes a database as it is: it answers from the academy's own tables, and adds those that are for itself.
 *
 * @param project with everything installed
 */
export async function startDirectus(project: string, place: ServerPlace): Promise<Cms> {
  const program = join(project, "node_modules", "@directus", "api", "dist", "cli", "run.js");
  const preloaded = pathToFileURL(join(project, "without-isolated-vm.mjs")).href;
  const port = await freePort();
  const environment = {
    PORT: String(port),
    HOST: "127.0.0.1",
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DB_CLIENT: "pg",
    DB_CONNECTION_STRING: place.databaseUrl,
    DB_POOL__MIN: "0",
    DB_POOL__MAX: "10",
    SECRET: randomBytes(32).toString("base64url"),
    ADMIN_EMAIL: "admin@example.com",
    ADMIN_PASSWORD: randomBytes(16).toString("base64url"),
    TELEMETRY: "false",
    SERVE_APP: "false",
    // By default it turns requests away when it is as busy as it is here.
    PRESSURE_LIMITER_ENABLED: "false",
  };
  await promisify(execFile)(process.execPath, ["--import", preloaded, program, "bootstrap"], {
    cwd: project,
    env: { ...plainEnvironment(), ...environment },
    timeout: BOOTSTRAP_TIMEOUT_MS,
  });
  await using admin = administer(place.databaseUrl);
  for (const statement of OPEN) await admin.run(statement);
  const server = await startServerProcess({
    name: "directus",
    program,
    args: ["start"],
    preloaded: [preloaded],
    workingFolder: project,
    readyPath: "/server/ping",
    port,
    environment,
    folder: place.folder,
    processors: place.processors,
  });
  const card = {
    ...PUBLISHED,
    fields: [...CARD, "id", "duration_days", "delivery_modes", "languages"].join(","),
    meta: "filter_count",
  };
  return {
    name: "Directus",
    server,
    listPath: (limit) =>
      addressOf("/items/course", { ...card, sort: "title", limit: String(limit) }),
    searchPath: (search, limit) =>
      addressOf("/items/course", { ...card, search, limit: String(limit) }),
    detailPath: (slug) =>
      addressOf("/items/article", { ...PUBLISHED, "filter[slug][_eq]": slug, limit: "1" }),
    // Whoever may create and not read is told nothing.
    enquiry: { path: "/items/enquiry", body: ENQUIRY, accepted: 204 },
    enquiryTable: "public.enquiry",
    countItems: countData,
  };
}
