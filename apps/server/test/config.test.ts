import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Config, ConfigError, readConfig } from "../src/config.ts";
import { SECRET_VARIABLES } from "../src/given-secrets.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lectern-config-"));
});
afterAll(() => rm(folder, { recursive: true }));

function complaintOf(environment: Record<string, string>): string {
  try {
    readConfig(environment, "/");
    return "";
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

describe("a PostgreSQL on another machine", () => {
  const url = "postgres://lectern:db-password@db.example.com/lectern";

  it("is not connected to without encryption, which is said with what to do", () => {
    const complaint = complaintOf({ DATABASE_URL: url });
    expect(complaint).toContain("DATABASE_URL leads to another machine, without encryption");
    expect(complaint).toContain("sslmode=verify-full");
    expect(complaint).toContain("LECTERN_UNENCRYPTED=database");
    expect(complaint).not.toMatch(/db-password|db\.example/u);
    expect(complaintOf({ DATABASE_URL: `${url}?sslmode=prefer` })).toContain("DATABASE_URL");
    expect(complaintOf({ DATABASE_URL: "postgres:///lectern", PGHOST: "db" })).toContain("machine");
  });

  it("is connected to with TLS, or where somebody says that the network is trusted", () => {
    expect(complaintOf({ DATABASE_URL: `${url}?sslmode=require` })).toBe("");
    expect(complaintOf({ DATABASE_URL: `${url}?sslmode=verify-full` })).toBe("");
    expect(complaintOf({ DATABASE_URL: url, LECTERN_UNENCRYPTED: "database" })).toBe("");
    expect(complaintOf({ DATABASE_URL: url, LECTERN_UNENCRYPTED: "mail" })).toContain("machine");
    expect(complaintOf({ DATABASE_URL: url, LECTERN_UNENCRYPTED: "yes" })).toContain("UNENCRYPTED");
    expect(complaintOf({ DATABASE_URL: "postgres://u:p@localhost/lectern" })).toBe("");
  });
});

/** Something that each of them can be. */
const SAMPLES: Record<(typeof SECRET_VARIABLES)[number], string> = {
  DATABASE_URL: "postgres://u:p@localhost/lectern",
  LECTERN_OPERATOR_TOKEN: "an operator token",
  LECTERN_SECRET: "s".repeat(32),
  LECTERN_SECRET_PREVIOUS: "t".repeat(32),
  LECTERN_SMTP_URL: "smtps://u:p@mail.example.com",
};
const READ: Record<keyof typeof SAMPLES, (config: Config) => unknown> = {
  DATABASE_URL: ({ databaseUrl }) => databaseUrl,
  LECTERN_OPERATOR_TOKEN: ({ operatorToken }) => operatorToken,
  LECTERN_SECRET: ({ accessSecret }) => accessSecret,
  LECTERN_SECRET_PREVIOUS: ({ previousSecret }) => previousSecret,
  LECTERN_SMTP_URL: ({ mail }) => mail.smtpUrl,
};
const FROM = { LECTERN_MAIL_FROM: "academy@example.com" };

describe("a secret in a file", () => {
  async function keep(content: string, mode = 0o400): Promise<string> {
    const path = join(folder, crypto.randomUUID());
    await writeFile(path, content);
    await chmod(path, mode);
    return path;
  }

  it.each(SECRET_VARIABLES)("is what %s_FILE names, without the end of its line", async (name) => {
    for (const mode of [0o400, 0o600, 0o440]) {
      const path = await keep(`${SAMPLES[name]}\n`, mode);
      const config = readConfig({ ...FROM, [`${name}_FILE`]: path }, "/");
      expect(READ[name](config)).toBe(SAMPLES[name]);
    }
  });

  it("is held to the same as one in the environment", async () => {
    const short = await keep("too short");
    const complaint = complaintOf({ LECTERN_SECRET_FILE: short });
    expect(complaint).toContain("LECTERN_SECRET must have at least 32 characters");
    expect(complaint).not.toContain("too short");
  });

  it.each(SECRET_VARIABLES)(
    "that is not there, empty, or everybody's is a mistake: %s",
    async (name) => {
      const directory = join(folder, crypto.randomUUID());
      await mkdir(directory);
      const faults: [string, string][] = [
        [join(folder, "nowhere"), "can't be read (ENOENT)"],
        [await keep(" \n"), "is empty"],
        [await keep(SAMPLES[name], 0o644), "everybody on this machine may use: chmod 600"],
        [await keep(SAMPLES[name], 0o602), "everybody on this machine may use: chmod 600"],
        [directory, "is no file"],
      ];
      for (const [path, said] of faults) {
        const complaint = complaintOf({ ...FROM, [`${name}_FILE`]: path });
        expect(complaint).toContain(`${name}_FILE`);
        expect(complaint).toContain(said);
        expect(complaint).not.toContain(SAMPLES[name]);
      }
    },
  );

  it("is not given in two ways, and is none where its name is blank", async () => {
    const path = await keep(SAMPLES.LECTERN_SECRET);
    const both = { LECTERN_SECRET: SAMPLES.LECTERN_SECRET, LECTERN_SECRET_FILE: path };
    expect(complaintOf(both)).toContain("LECTERN_SECRET_FILE must not be set together");
    expect(complaintOf({ ...both, LECTERN_SECRET_FILE: " " })).toBe("");
    expect(complaintOf({ ...both, LECTERN_SECRET: "" })).toBe("");
  });
});
