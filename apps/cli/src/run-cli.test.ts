import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { lectern } from "../test/support/lectern.ts";
import { DIRTY_FEED } from "../test/support/feeds.ts";
import { isLoopback, readConfig } from "./config.ts";

const COMMANDS = [
  "login",
  "logout",
  "whoami",
  "import",
  "export",
  "courses",
  "runs",
  "book",
  "doctor",
  "demo",
];

describe("help", () => {
  it("of the whole names every command, exit code and variable", async () => {
    const { exitCode, stdout } = await lectern(["--help"]);

    expect(exitCode).toBe(0);
    for (const word of [
      ...COMMANDS,
      "130",
      "LECTERN_URL",
      "LECTERN_TOKEN",
      "LECTERN_DATA",
      "DATABASE_URL",
      "XDG_CONFIG_HOME",
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it.each(COMMANDS)("of %s has examples", async (command) => {
    const { exitCode, stdout } = await lectern([command, "--help"]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Examples?:\n {2}(?:curl|lectern)/u);
  });
});

describe("a command line that is not right", () => {
  it.each([
    [[]],
    [["frobnicate"]],
    [["import"]],
    [["import", "x", "--format", "xml"]],
    [["courses", "--level", "expert"]],
    [["courses", "--from", "tomorrow"]],
    [["courses", "--limit", "0"]],
    [["courses", "--url", "ftp://example.org"]],
    [["login", "--token", "secret"]],
    [["login", "--token-stdin"]],
    [["login", "--token-stdin", "--permission", "catalogue.export"]],
    [["login", "secret"]],
    [["logout", "everywhere"]],
    [["book", "x", "--places", "many"]],
    [["demo"]],
    [["demo", "--runs", "-1"]],
    [["import", "nowhere.json"]],
    [["import", "ftp://example.org/x"]],
    [["import", "/"]],
    [["import", DIRTY_FEED, "--time-zone", "Middle-Earth"]],
    [["import", DIRTY_FEED, "--time-zone", "Melbourne"]],
    [["import", DIRTY_FEED, "--currency", "gold"]],
    [["import", DIRTY_FEED, "--language", "!"]],
    [["import", DIRTY_FEED, "--encoding", "klingon"]],
    [["import", DIRTY_FEED, "--merge", "A=B"]],
    [["import", DIRTY_FEED, "--merge", "@nowhere"]],
    [["import", DIRTY_FEED, "--report", "/nonexistent/report"]],
    [["book", "0192f0c1-2b7e-7cc3-98c4-dc0c0c07398f"]],
    [["book", "0192f0c1-2b7e-7cc3-98c4-dc0c0c07398f", "--name", "A", "--email", "a@b.example"]],
    [["book", "0192f0c1-2b7e-7cc3-98c4-dc0c0c07398f", "--hold-only", "--learner", "nobody"]],
  ])("%j ends with 2 and says why", async (words) => {
    const { exitCode, stdout, stderr } = await lectern(words);

    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toBe("");
    expect(stderr).not.toMatch(/\n\s+at /u);
  });

  it("is told as JSON to programs", async () => {
    for (const words of [
      ["courses", "--limit", "0"],
      ["import", "nowhere.json"],
    ]) {
      const { exitCode, stderr } = await lectern([...words, "--json"]);

      expect(exitCode).toBe(2);
      expect(JSON.parse(stderr)).toMatchObject({
        error: { name: expect.any(String) as string, message: expect.any(String) as string },
      });
    }
  });
});

describe("an academy that does not answer", () => {
  it.each([[["courses"]], [["export"]], [["import", DIRTY_FEED]], [["login"]], [["whoami"]]])(
    "makes %j end with 3 and say what to do",
    async (words) => {
      const { exitCode, stderr } = await lectern(words);

      expect(exitCode).toBe(3);
      expect(stderr).toContain("http://127.0.0.1:9");
      expect(stderr).toContain("npm start");
    },
  );

  it("is told as JSON to programs", async () => {
    const { exitCode, stderr } = await lectern(["courses", "--json"]);

    expect(exitCode).toBe(3);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: "ConnectionFailed", procedure: "courses.list" },
    });
  });
});

describe("an address as input", () => {
  async function serving<Result>(
    body: string | Buffer,
    headers: Record<string, string>,
    use: (url: string) => Promise<Result>,
    status = 200,
  ): Promise<Result> {
    const server = createServer((_request, response) => {
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    try {
      return await use(`http://127.0.0.1:${port}/feed`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    }
  }

  it("is read up to a size", async () => {
    const tooLarge = await serving(Buffer.alloc(2_000_000, " "), {}, (url) =>
      lectern(["import", url, "--max-size", "1"]),
    );

    expect(tooLarge.exitCode).toBe(2);
    expect(tooLarge.stderr).toContain("--max-size");
  });

  it("that answers with an error, a web page or nothing to read is told", async () => {
    const missing = await serving("gone", {}, (url) => lectern(["import", url]), 404);
    const page = await serving("<!doctype html><p>Hi", { "content-type": "text/html" }, (url) =>
      lectern(["import", url]),
    );
    const nobody = await lectern(["import", "http://127.0.0.1:9/feed"]);

    expect([missing.exitCode, page.exitCode, nobody.exitCode]).toEqual([2, 2, 2]);
    expect(missing.stderr).toContain("404");
    expect(page.stderr).toContain("neither JSON-LD nor CSV");
    expect(nobody.stderr).toContain("can't be reached");
  });

  it("is waited for up to a time", async () => {
    const server = createServer((_request, response) => {
      response.write("[");
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;

    const { exitCode, stderr } = await lectern([
      "import",
      `http://127.0.0.1:${port}/`,
      "--timeout",
      "1",
    ]);
    server.closeAllConnections();
    server.close();

    expect(exitCode).toBe(2);
    expect(stderr).toContain("--timeout");
  });

  it("may be of any format that a file may be", async () => {
    const csv = "Title,URL,Start\nA,https://example.org/a,\n";

    const { exitCode, stderr } = await serving(
      csv,
      { "content-type": "text/csv; charset=utf-8" },
      (url) => lectern(["import", url, "--json"]),
    );

    // Read as CSV, in which no row could be taken: the academy that is not there was never asked.
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  });
});

describe("the configuration", () => {
  it("comes from the environment, where blank is nothing", () => {
    expect(
      readConfig(
        { LECTERN_URL: " ", LECTERN_TOKEN: "t", LECTERN_DATA: "data", HOME: "/home/ada" },
        "/srv",
      ),
    ).toEqual({
      url: undefined,
      token: "t",
      dataDirectory: "/srv/data",
      databaseUrl: undefined,
      configDirectory: "/home/ada/.config/lectern",
    });
  });

  it("keeps sign-ins where the XDG specification says, which knows no relative paths", () => {
    const directoryOf = (environment: Record<string, string>) =>
      readConfig({ HOME: "/home/ada", ...environment }, "/srv").configDirectory;

    expect(directoryOf({ XDG_CONFIG_HOME: "/etc/ada" })).toBe("/etc/ada/lectern");
    expect(directoryOf({ XDG_CONFIG_HOME: "etc" })).toBe("/home/ada/.config/lectern");
  });

  it("knows which addresses are of this machine", () => {
    const own = [
      "http://localhost:3000",
      "http://127.0.0.1:1",
      "http://[::1]:3000",
      "http://a.localhost",
    ];
    const others = [
      "https://academy.example",
      "http://localhost.example",
      "http://127.0.0.1.example",
      "nonsense",
    ];

    expect(own.map(isLoopback)).toEqual(own.map(() => true));
    expect(others.map(isLoopback)).toEqual(others.map(() => false));
  });
});
