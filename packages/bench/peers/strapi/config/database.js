"use strict";

/** The academy's database, in a schema of Strapi's own; as many connections as everybody else. */
module.exports = ({ env }) => ({
  connection: {
    client: "postgres",
    connection: { connectionString: env("BENCH_DATABASE_URL"), schema: "strapi" },
    pool: { min: 0, max: 10 },
  },
});
