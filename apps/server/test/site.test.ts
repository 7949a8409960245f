import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Site } from "../src/site/site.ts";
import { useTestServer } from "./support/test-server.ts";

const clientDirectory = mkdtempSync(join(tmpdir(), "lectern-site-"));
mkdirSync(join(clientDirectory, "assets"));
writeFileSync(join(clientDirectory, "assets", "entry-1a2b3c.js"), "export {};");
writeFileSync(join(clientDirectory, "assets", "entry-1a2b3c.js.br"), "compressed by the build");
writeFileSync(join(clientDirectory, "favicon.svg"), "<svg/>");
afterAll(() => {
  rmSync(clientDirectory, { recursive: true });
});

const html = { "content-type": "text/html; charset=utf-8", "cache-control": "public, no-cache" };

/** A site of few pages, each of which shows one thing that the server has to do for real ones. */
const site: Site = {
  clientDirectory,
  render: async ({ url, origin, client }) => {
    if (url === "/old") return { status: 301, headers: { ...html, location: "/new" }, html: "" };
    if (url === "/broken") throw new Error("A page that fails with a secret");
    if (url === "/apology") {
      return { status: 500, headers: html, html: "Sorry", failure: new Error("The reason why") };
    }
    if (url === "/staff") {
      const isRefused = await client.enquiries.list.query({}).then(
        () => false,
        () => true,
      );
      return { status: 200, headers: html, html: `refused: ${isRefused}` };
    }
    if (url === "/own") {
      const headers = { ...html, "cache-control": "no-store" };
      return { status: 200, headers, html: "One's own ".repeat(1000) };
    }
    if (url.startsWith("/long")) {
      const headers = { ...html, etag: `W/"${url}"` };
      return { status: 200, headers, html: "For everybody ".repeat(1000) };
    }
    const { total } = await client.courses.list.query({ limit: 1 });
    return { status: 200, headers: html, html: `${origin}${url} has ${total} courses` };
  },
  sitemap: ({ origin }) => Promise.resolve(`<urlset><url><loc>${origin}/</loc></url></urlset>`),
  robots: (origin) => `Sitemap: ${origin}/sitemap.xml\n`,
};

const server = useTestServer({ site, publicUrl: "https://academy.example" });

function get(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server().url}${path}`, { redirect: "manual", ...init });
}

describe("the site", () => {
  it("is rendered with the academy's data, for its public address whatever the Host header says", async () => {
    const answer = await get("/courses?topic=cloud", { headers: { host: "evil.example" } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("strict-transport-security")).toContain("max-age=");
    expect(await answer.text()).toMatch(
      /^https:\/\/academy\.example\/courses\?topic=cloud has \d\d courses$/u,
    );
  });

  it("is rendered with the public's view, also for whoever brings the operator token", async () => {
    const headers = { authorization: `Bearer ${server().operatorToken}` };
    expect(await (await get("/staff", { headers })).text()).toBe("refused: true");
  });

  it("redirects, and fails without telling why", async () => {
    const moved = await get("/old");
    expect([moved.status, moved.headers.get("location")]).toEqual([301, "/new"]);
    const broken = await get("/broken");
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain("secret");
    expect(server().log()).toContain("A page that fails with a secret");
    const apology = await get("/apology");
    expect([apology.status, await apology.text()]).toEqual([500, "Sorry"]);
    expect(server().log()).toContain("The reason why");
  });

  it("gives browsers their files: those with a hash for ever, the others for an hour", async () => {
    const hashed = await get("/assets/entry-1a2b3c.js", {
      headers: { "accept-encoding": "identity" },
    });
    expect(hashed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(hashed.headers.get("content-type")).toContain("javascript");
    expect(hashed.headers.get("content-encoding")).toBeNull();
    const icon = await get("/favicon.svg");
    expect(icon.headers.get("cache-control")).toBe("public, max-age=3600");
  });

  it("gives them compressed as the build made them, to browsers that read that", async () => {
    const answer = await get("/assets/entry-1a2b3c.js", {
      method: "HEAD",
      headers: { "accept-encoding": "gzip, br" },
    });
    expect(answer.headers.get("content-encoding")).toBe("br");
    expect(answer.headers.get("content-type")).toContain("javascript");
    expect(answer.headers.get("vary")).toContain("accept-encoding");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  it("sends a page that is everybody's compressed to whoever takes that, and not again to whoever has it", async () => {
    const plain = await get("/long", { headers: { "accept-encoding": "gzip, br;q=0" } });
    const small = await get("/long", { headers: { "accept-encoding": "gzip, deflate, br, zstd" } });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(small.headers.get("content-encoding")).toBe("br");
    expect(small.headers.get("vary")).toBe("accept-encoding");
    expect(Number(small.headers.get("content-length"))).toBeLessThan(
      Number(plain.headers.get("content-length")) / 10,
    );
    expect(await small.text()).toBe(await plain.text());
    const etag = plain.headers.get("etag") ?? "";
    const again = await get("/long", { headers: { "if-none-match": etag } });
    expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
    expect((await get("/long?other", { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  it("compresses no page that is somebody's own", async () => {
    const own = await get("/own", { headers: { "accept-encoding": "gzip, br" } });
    expect(own.headers.get("content-encoding")).toBeNull();
    expect(own.headers.get("content-length")).toBe("10000");
  });

  it.each(["/../package.json", "/assets/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd"])(
    "gives nothing outside its folder for %s",
    async (path) => {
      expect(await (await get(path)).text()).not.toMatch(/root:|"name"/u);
    },
  );

  it("tells search engines where its pages are", async () => {
    expect(await (await get("/robots.txt")).text()).toContain(
      "https://academy.example/sitemap.xml",
    );
    const sitemap = await get("/sitemap.xml");
    expect(sitemap.headers.get("content-type")).toBe("application/xml; charset=utf-8");
    expect(await sitemap.text()).toContain("<loc>https://academy.example/</loc>");
  });
});
