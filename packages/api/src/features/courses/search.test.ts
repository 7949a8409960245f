import { useTestDatabase } from "@lectern/database/testing/database";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCourse, testCall } from "../../testing/factories.ts";
import { facetCourses } from "./facet-courses.ts";
import { listCourses } from "./list-courses.ts";

/** What the search finds, and what it puts first, in a small catalogue of real-looking courses. */

const database = useTestDatabase();

const COURSES = [
  {
    code: "K8S-101",
    title: "Kubernetes for application developers",
    keywords: ["containers"],
    summary: "Deploy and debug your services on a cluster.",
  },
  { code: "K8S-301", title: "Kubernetes security", summary: "Policies, secrets and audits." },
  {
    code: "CON-110",
    title: "Containers with Docker",
    summary: "Images, registries and networks.",
    body: "And what Kubernetes adds. ".repeat(12),
  },
  { code: "PYT-100", title: "Python from the start", summary: "Variables, loops, functions." },
  { code: "PYT-250", title: "Testing in Python", summary: "Unit tests that people read." },
  { code: "JAV-200", title: "Performance in Java", summary: "Garbage and how to make less of it." },
  { code: "JSC-100", title: "JavaScript essentials", summary: "The language of the browser." },
  { code: "SEC-210", title: "Ærlig talt: sårbarhet i praksis", languages: ["nb"] },
  { code: "SEC-220", title: "Security awareness", summary: "For everybody who reads mail." },
  {
    code: "CLO-130",
    title: "Azure administration",
    summary: "Accounts, networks and budgets.",
    body: "Registration of costs comes first.",
  },
  { code: "DRA-900", title: "Kubernetes in secret", status: "draft" as const },
  { code: "DRA-901", title: "Pyhton, spelt wrong", status: "draft" as const },
];

beforeAll(async () => {
  for (const values of COURSES) await createTestCourse(database().db, values);
});

async function find(query: string): Promise<string[]> {
  const page = await listCourses(database().db, testCall(), { query, limit: 100 });
  expect(page.total).toBe(page.items.length);
  return page.items.map((item) => item.code);
}

describe("the search", () => {
  it("puts a title before keywords, and these before a mention in the body", async () => {
    expect(await find("kubernetes")).toEqual(["K8S-101", "K8S-301", "CON-110"]);
    expect(await find("containers")).toEqual(["CON-110", "K8S-101"]);
  });

  it("finds other forms of a word, and leaves stop words out", async () => {
    expect(await find("test")).toContain("PYT-250");
    expect(await find("developing an application with the Kubernetes")).toEqual(["K8S-101"]);
  });

  it.each([
    ["kube", ["K8S-101", "K8S-301", "CON-110"]],
    ["kubernetes sec", ["K8S-301"]],
    ["java", ["JAV-200", "JSC-100"]],
    ["net", ["CLO-130", "CON-110"]],
    ["azure admini", ["CLO-130"]],
    ["azure administratio", ["CLO-130"]],
    ["awarenes", ["SEC-220"]],
    ["praksi", ["SEC-210"]],
  ])("finds %j while it is being typed", async (query, codes) => {
    expect((await find(query)).toSorted()).toEqual(codes.toSorted());
  });

  it("puts the whole word before the one that only begins with it", async () => {
    expect(await find("java")).toEqual(["JAV-200", "JSC-100"]);
  });

  it("puts a title first for the beginning of a word, too", async () => {
    expect(await find("registr")).toEqual(["CON-110", "CLO-130"]);
  });

  it.each([
    ["kuberntes", "K8S-301"],
    ["Kubernets", "K8S-301"],
    ["kubernetes secuirty", "K8S-301"],
    ["pyhton", "PYT-100"],
    ["phyton testing", "PYT-250"],
    ["javascrpit", "JSC-100"],
    ["azrue", "CLO-130"],
    ["dokcer", "CON-110"],
    ["adminstration", "CLO-130"],
    ["kuberntes by the developers", "K8S-101"],
    ["kuberntes cluster", "K8S-101"],
  ])("knows what %j was meant to be", async (query, code) => {
    expect(await find(query)).toContain(code);
  });

  it("does not take every word for a mistyped one", async () => {
    expect(await find("kuberntes baking")).toEqual([]);
    expect(await find("watercolours")).toEqual([]);
    expect(await find("zz")).toEqual([]);
  });

  it("looks for mistyped words only where nothing is spelt so", async () => {
    expect(await find("security")).not.toContain("SEC-210");
    expect(await find("security")).toEqual(["SEC-220", "K8S-301"]);
  });

  it.each(["ærlig", "Aerlig TALT", "sarbarhet", "SÅRBARHET"])(
    "folds accents and letter case in %j",
    async (query) => {
      expect(await find(query)).toEqual(["SEC-210"]);
    },
  );

  it.each([
    ["SEC-210", ["SEC-210"]],
    ["sec-2", ["SEC-210", "SEC-220"]],
    ["k8s", ["K8S-101", "K8S-301"]],
    ["pyt-", ["PYT-100", "PYT-250"]],
  ])("finds the code %j", async (query, codes) => {
    expect((await find(query)).toSorted()).toEqual(codes);
  });

  it("understands quotes, exclusion and alternatives", async () => {
    expect(await find('"kubernetes for application"')).toEqual(["K8S-101"]);
    expect((await find("kubernetes -docker")).toSorted()).toEqual(["K8S-101", "K8S-301"]);
    expect((await find("azure or java")).toSorted()).toEqual(["CLO-130", "JAV-200"]);
  });

  it("finds nothing that is not published", async () => {
    expect(await find("secret")).toEqual(["K8S-301"]);
    expect(await find("DRA-900")).toEqual([]);
  });

  it("counts in the facets what it finds, mistyped or not", async () => {
    for (const query of ["sårbarhet", "sarbarhte"]) {
      const { languages } = await facetCourses(database().db, testCall(), { query });
      expect(languages).toEqual([{ value: "nb", label: "nb", count: 1 }]);
    }
  });

  it("survives whatever is typed", async () => {
    const typed = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            "kube",
            " ",
            '"',
            "'",
            "\\",
            ":*",
            "&",
            "|",
            "!",
            "(",
            ")",
            "-",
            "<->",
            "ŉ",
            "or",
            "½",
            "%",
          ),
          {
            minLength: 1,
            maxLength: 20,
          },
        )
        .map((parts) => parts.join("")),
    );
    await fc.assert(
      fc.asyncProperty(
        typed.filter((query) => !query.includes("\0")),
        async (query) => {
          const page = await listCourses(database().db, testCall(), { query, limit: 2 });
          expect(page.total).toBeGreaterThanOrEqual(page.items.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
