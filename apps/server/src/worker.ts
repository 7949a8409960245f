#!/usr/bin/env node
import "./quick-start.ts";

/** `lectern-worker`. */
const { work } = await import("./worker/work.ts");
await work(process.env, process.cwd());
