import { expect, it } from "vitest";
import { isReadableOnTheWay } from "./connection-privacy.ts";

it.each([
  "postgres://u:p@localhost/db",
  "postgres://u:p@db.localhost:5433/db",
  "postgresql://u:p@127.0.0.1/db?sslmode=disable",
  "postgres://u:p@[::1]/db",
  "postgres://u:p@%2Fvar%2Frun%2Fpostgresql/db",
  "postgres:///db",
  "postgres://u:p@db.example.com/db?sslmode=require",
  "postgres://u:p@db.example.com/db?sslmode=verify-ca",
  "postgres://u:p@10.0.0.7/db?sslmode=verify-full",
  "postgres://u:p@db.example.com/db?ssl=true",
  "postgres://u:p@db.example.com/db?sslrootcert=system",
])("can't be read on the way: %s", (url) => {
  expect(isReadableOnTheWay(url)).toBe(false);
});

it.each([
  "postgres://u:p@db.example.com/db",
  "postgres://u:p@db/db",
  "postgres://u:p@10.0.0.7/db?sslmode=disable",
  // Goes on without where the server has none, or says so.
  "postgres://u:p@db.example.com/db?sslmode=prefer",
  "postgres://u:p@db.example.com/db?sslmode=allow",
  "postgres://u:p@db.example.com/db?ssl=false",
  "postgres://u:p@db.example.com/db?sslmode=disable&ssl=require",
  "postgres://u:p@localhost.example.com/db",
  "postgres://u:p@127.0.0.1.example.com/db",
  "postgres://u:p@localhost,db.example.com/db",
])("can be read on the way: %s", (url) => {
  expect(isReadableOnTheWay(url)).toBe(true);
});

it("is where the environment says, if the address does not", () => {
  expect(isReadableOnTheWay("postgres:///db", "db.example.com")).toBe(true);
  expect(isReadableOnTheWay("postgres:///db", "/var/run/postgresql")).toBe(false);
});
