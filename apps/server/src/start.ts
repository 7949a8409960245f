import "./quick-start.ts";

/** `npm start`. */
const { startForPeople } = await import("./start-for-people.ts");
await startForPeople(process.env, process.cwd());
