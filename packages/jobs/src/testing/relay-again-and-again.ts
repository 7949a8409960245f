import { connect } from "@lectern/database/connect";
import { relayOutbox } from "../relay-outbox.ts";

/** Arguments: address of the database. Relays the outbox until it is killed. */

const [url = ""] = process.argv.slice(2);
const db = await connect({ url, poolSize: 1 });
process.stdout.write("ready\n");
for (;;) await relayOutbox(db);
