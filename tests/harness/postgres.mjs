// A PostgreSQL server of Debian's package for one suite: in a temporary folder, on a free port, as a user without rights; it
// ends with the process that started it.
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts, remove, until } from "./program.mjs";

const VERSIONS = "/usr/lib/postgresql";
const isRoot = process.getuid() === 0;

/** It refuses to run as root; its package has made a user for it. */
const asUser = isRoot ? ["--reuid=postgres", "--regid=postgres", "--init-groups"] : [];
const idOf = (which) => Number(spawnSync("id", [which, "postgres"], { encoding: "utf8" }).stdout);

/** Is it installed? ./test installs it. */
export const hasPostgres = existsSync(VERSIONS);

/**
 * @param {{ after(cleanup: () => unknown): void }} t ends it when over
 * @returns {Promise<string>} the address of an empty database
 */
export async function startPostgres(t) {
  const version = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a))[0];
  const program = (name) => join(VERSIONS, version, "bin", name);
  const cwd = mkdtempSync(join(tmpdir(), "tova-postgres-"));
  if (isRoot) chownSync(cwd, idOf("-u"), idOf("-g"));
  t.after(() => remove(cwd));
  const data = join(cwd, "data");
  const made = spawnSync("setpriv", [...asUser, program("initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N"], { cwd, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb: ${made.stdout}${made.stderr}`);
  const [port] = await freePorts(1);
  const words = ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", `unix_socket_directories=${cwd}`];
  const child = spawn("setpriv", [...asUser, "--pdeathsig", "TERM", program("postgres"), ...words], { cwd, stdio: "ignore" });
  const ended = new Promise((resolve) => child.on("close", resolve));
  t.after(() => (child.kill("SIGINT"), ended));
  await until("PostgreSQL", () => spawnSync(program("pg_isready"), ["-h", "127.0.0.1", "-p", String(port), "-q"]).status === 0);
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}
