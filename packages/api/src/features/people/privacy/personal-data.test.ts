import { readFileSync } from "node:fs";
import * as schema from "@lectern/database/schema/index";
import { is } from "drizzle-orm";
import { PgTable, getTableConfig } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { RETENTION_RULES } from "../../system/retention/retention-rules.ts";
import { IMPERSONAL, PERSONAL_DATA } from "./personal-data.ts";
import type { Erasure } from "./personal-table.ts";

/** That nothing personal is forgotten: the list of it, the schema and the documentation say the same. */

const TABLES = Object.values<unknown>(schema)
  .filter((value) => is(value, PgTable))
  .map((table) => getTableConfig(table));

const DOCUMENT = readFileSync(
  new URL("../../../../../../docs/privacy.md", import.meta.url),
  "utf8",
);

const listed = new Set(PERSONAL_DATA.map(({ name }) => name));

/** Names of columns that say who somebody is, wherever they stand. */
const TELLING =
  /e?mail|phone|^address$|_address$|^client$|(?:person|learner|booker|approver|recipient)_/u;

/** Cells of a table in Markdown, however wide its columns are. */
function rowsOf(text: string): Set<string> {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  return new Set(lines.map((line) => line.replaceAll(/\s*\|\s*/gu, "|")));
}

function inWords(erasure: Erasure): string {
  switch (erasure.kind) {
    case "deleted":
      return "deleted";
    case "rewritten":
      return `what is left: ${erasure.to}`;
    case "kept":
      return `stays: ${erasure.why}`;
  }
}

describe("the list of what is personal", () => {
  it("has every table, or says why nothing in it is", () => {
    const names = TABLES.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(40);
    expect([...listed, ...Object.keys(IMPERSONAL)].toSorted()).toEqual(names.toSorted());
  });

  it.each(Object.keys(IMPERSONAL))("is right that %s says nothing of anybody", (name) => {
    const table = TABLES.find((one) => one.name === name);
    const people = table?.foreignKeys.filter(
      (key) => getTableConfig(key.reference().foreignTable).name === "person",
    );
    expect(people).toEqual([]);
    expect(
      table?.columns.map((column) => column.name).filter((column) => TELLING.test(column)),
    ).toEqual([]);
  });

  it.each([...listed])("says of each column of %s whether an export has it", (name) => {
    const described = PERSONAL_DATA.filter((one) => one.name === name);
    const [columns = {}] = described.map((one) => one.columns);
    const said = described.map(({ exported, encrypted, files, withheld }) => [
      ...exported,
      ...encrypted,
      ...files,
      ...withheld,
    ]);
    for (const one of said) expect(new Set(one).size).toBe(one.length);
    expect([...new Set(said.flat())].toSorted()).toEqual(Object.keys(columns).toSorted());
  });

  it("exports no secret, and nothing that opens anything", () => {
    const exported = PERSONAL_DATA.flatMap(({ name, exported: columns }) =>
      columns.map((column) => `${name}.${column}`),
    );
    const secret =
      /hash|secret|token|code\b|publicKey|credentialId|lookup|archive$|wrapped|claimVersion/iu;
    expect(exported.filter((column) => secret.test(column.split(".")[1] ?? ""))).toEqual([]);
  });

  it("decrypts what is encrypted, and nothing else", () => {
    const encrypted = PERSONAL_DATA.flatMap(({ name, encrypted: columns }) =>
      columns.map((column) => `${name}.${column}`),
    );
    expect(encrypted.toSorted()).toEqual([
      "booking.bookerPhone",
      "enquiry.phone",
      "person.accessNeeds",
      "person.address",
      "person.dietaryNeeds",
      "person.phone",
    ]);
  });
});

describe("docs/privacy.md", () => {
  it("says of each table what the list says", () => {
    const rows = PERSONAL_DATA.map(
      ({ name, whose, key, erasure, keptFor }) =>
        `|\`${name}\`|${whose}|${key === null ? "–" : `\`${key}\``}|${inWords(erasure)}|${keptFor}|`,
    );
    expect([...rowsOf(DOCUMENT)]).toEqual(expect.arrayContaining(rows));
  });

  it("says what data.json has", () => {
    const rows = PERSONAL_DATA.flatMap(({ key, exported, encrypted, files }) => {
      const fields = [...exported, ...encrypted, ...(files.length > 0 ? ["file"] : [])];
      return key === null
        ? []
        : [`|\`${key}\`|${fields.map((field) => `\`${field}\``).join(", ")}|`];
    });
    expect([...rowsOf(DOCUMENT)]).toEqual(expect.arrayContaining(rows));
  });

  it("has the table of how long what is kept", () => {
    const rows = RETENTION_RULES.map(
      ({ kind, what, days, from, why }) =>
        `|\`${kind}\`|${what}|${days} days after ${from}|${why}|`,
    );
    const documented = [...rowsOf(DOCUMENT)].filter((row) => row.includes(" days after "));
    expect(documented).toEqual(rows);
  });
});
