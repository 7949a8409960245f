import postgres from "postgres";
import { startEmbeddedServer } from "./src/embedded/server.ts";
import { makeTestDirectory } from "./src/testing/test-directory.ts";
import { mkdtempSync, chmodSync, readFileSync as rf, rmSync } from "node:fs";
const dir = await makeTestDirectory();
const sock = mkdtempSync("/tmp/sock-"); chmodSync(sock, 0o777);
const s = await startEmbeddedServer({ directory: dir, settings: { fsync: "off", unix_socket_directories: sock } });
const cg = rf("/proc/self/cgroup","utf8").split("\n").find(l=>l.includes("cpuacct")).split(":")[2];
const usage = () => Number(rf(`/sys/fs/cgroup/cpuacct${cg}/cpuacct.usage`,"utf8"))/1e9;
const u = new URL(s.url);
for (const round of [1,2]) for (const kind of ["tcp","unix"]) {
  const sql = postgres({ host: kind==="tcp"?u.hostname:sock, port: Number(u.port), user: u.username, password: decodeURIComponent(u.password), database: u.pathname.slice(1), max: 1 });
  await sql`select 1`;
  const a=usage(), t=performance.now();
  for (let i=0;i<10000;i++) await sql`select 1`;
  console.log(kind, "cpu per query us", ((usage()-a)*100).toFixed(1), "wall us", ((performance.now()-t)/10).toFixed(1));
  await sql.end();
}
await s.stop(); rmSync(dir,{recursive:true}); rmSync(sock,{recursive:true});
