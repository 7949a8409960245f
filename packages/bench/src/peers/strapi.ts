import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { administer } from "@lectern/database/driver/administer";
import { freePort, startServerProcess } from "../contenders/server-process.ts";
import type { ServerPlace } from "../contenders/servers.ts";
import { CARD, type Cms, ENQUIRY, addressOf, countData } from "./cms.ts";

/**
 * Strapi wants tables of its own: it gets a schema beside the academy's, and takes courses and articles over when it
 * starts (`peers/strapi/src/index.js`).
 *
 * @param project with everything installed
 */
export async function startStrapi(project: string, place: ServerPlace): Promise<Cms> {
  await using admin = administer(place.databaseUrl);
  await admin.run("CREATE SCHEMA strapi");
  await mkdir(join(project, "public", "uploads"), { recursive: true });
  const port = await freePort();
  const server = await startServerProcess({
    name: "strapi",
    program: join(project, "server.js"),
    workingFolder: project,
    readyPath: "/_health",
    port,
    environment: {
      PORT: String(port),
      BENCH_DATABASE_URL: place.databaseUrl,
      BENCH_SECRET: randomBytes(32).toString("base64url"),
      STRAPI_TELEMETRY_DISABLED: "true",
    },
    folder: place.folder,
    processors: place.processors,
  });
  const card = Object.fromEntries(
    [...CARD, "durationDays", "deliveryModes", "languages"].map((field, index) => [
      `fields[${index}]`,
      field,
    ]),
  );
  return {
    name: "Strapi",
    server,
    listPath: (limit) =>
      addressOf("/api/courses", {
        ...card,
        sort: "title",
        "pagination[pageSize]": String(limit),
      }),
    searchPath: (word, limit) =>
      addressOf("/api/courses", { ...card, _q: word, "pagination[pageSize]": String(limit) }),
    detailPath: (slug) => addressOf("/api/articles", { "filters[slug][$eq]": slug }),
    enquiry: { path: "/api/enquiries", body: { data: ENQUIRY }, accepted: 201 },
    enquiryTable: "strapi.enquiries",
    countItems: countData,
  };
}
