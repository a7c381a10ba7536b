// What a process has used: time of its processors, time that it waited for one, and memory. Read from /proc, so that a
// measurement tells what the program costs apart from what a busy machine adds.
import { readdirSync, readFileSync } from "node:fs";

const NANOSECONDS = 1e6;

/** Milliseconds that the threads of a process have run, and have waited for a processor. */
export function processorTime(pid) {
  const total = { ran: 0, waited: 0 };
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      const [ran, waited] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ");
      total.ran += Number(ran) / NANOSECONDS;
      total.waited += Number(waited) / NANOSECONDS;
    } catch {
      // The thread has ended since it was listed; what it used is in nobody's account any more.
    }
  }
  return total;
}

/** Megabytes of memory: resident, the most that ever was, and resident without what is shared with the program's file. */
export function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)[1]) / 1024;
  return { resident: read("VmRSS"), peak: read("VmHWM"), own: read("RssAnon") };
}

/** How many processes want a processor, on the average of the last minute. */
export const loadAverage = () => Number(readFileSync("/proc/loadavg", "utf8").split(" ")[0]);
