import { readFileSync } from "node:fs";

const KIB = 1024;

/**
 * @param pid of a process
 * @returns mebibytes of its resident set: `VmRSS` of `/proc/<pid>/status` (proc_pid_status(5))
 * @throws Error where the system does not tell
 */
export function residentMebibytes(pid: number): number {
  const [, kibibytes] =
    /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  if (kibibytes === undefined) throw new Error("The system does not tell what a process takes");
  return Number(kibibytes) / KIB;
}
