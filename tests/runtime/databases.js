// The databases that tests ask: SQLite, and the real servers of Debian's packages, PostgreSQL and MariaDB, each in
// a temporary folder, on a free port of this machine, as a user without rights, and gone with the tests. What is
// asked of them is not here.
import { SQL } from "bun";
import { chownSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectAny } from "../../codegen/runtime/db_any.js";
import { connect as connectMySQL } from "../../codegen/runtime/db_mysql.js";
import { connect as connectPostgres } from "../../codegen/runtime/db_postgres.js";
import { connect as connectSqlite } from "../../codegen/runtime/db_sqlite.js";
import { atEnd, folder, freePort, remove } from "./support.js";

/** The servers of this file's tests, once they run. */
export const servers = { postgres: null, mysql: null };
let files = 0;

/** Starts the servers, for the tests of one file. */
export async function startDatabases() {
  [servers.postgres, servers.mysql] = await Promise.all([postgres(), mysql()]);
}

/** Each gives a way to connect to an empty database, as often as it is called. */
export const DATABASES = {
  async SQLite() {
    const database = join(folder(), `${++files}.db`);
    return () => connectSqlite({ database });
  },
  async "SQLite at run time"() {
    const url = `sqlite://${folder()}/${++files}.db`;
    return () => connectAny({ url });
  },
  async PostgreSQL() {
    await servers.postgres.clear();
    return () => connectPostgres({ url: servers.postgres.url, pool: 4 });
  },
  async MySQL() {
    await servers.mysql.clear();
    return () => connectMySQL({ url: servers.mysql.url, pool: 4 });
  },
};

const POSTGRES = "/usr/lib/postgresql";

/** A server refuses to run as root; its package has made a user for it. It ends when its parent does. */
const asUser = (user) => (process.getuid() === 0
  ? ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups", "--pdeathsig", "TERM"]
  : ["setpriv", "--pdeathsig", "TERM"]);

function folderOf(user) {
  const path = mkdtempSync(join(tmpdir(), `tova-${user}-`));
  if (process.getuid() === 0) chownSync(path, idOf(user, "-u"), idOf(user, "-g"));
  atEnd(() => remove(path));
  return path;
}

const idOf = (user, which) => Number(Bun.spawnSync(["id", which, user]).stdout.toString());

async function must(command, cwd) {
  const child = Bun.spawn(command, { cwd, stdout: "ignore", stderr: "pipe" });
  const errors = await new Response(child.stderr).text();
  if ((await child.exited) !== 0) throw new Error(`${command.join(" ")}: ${errors}`);
}

/** Runs a server until the tests of the file are over; PostgreSQL stops at SIGINT without waiting for clients. */
async function serve(command, cwd, url, stop) {
  const child = Bun.spawn(command, { cwd, stdout: "ignore", stderr: Bun.file(join(cwd, "log")) });
  atEnd(async () => {
    child.kill(stop);
    const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
    await child.exited;
    clearTimeout(timer);
  });
  for (const end = Date.now() + 120_000; Date.now() < end && child.exitCode === null; await Bun.sleep(100)) {
    const sql = new SQL(url, { max: 1 });
    try {
      await sql.unsafe("SELECT 1");
      return;
    } catch { /* not yet */ } finally {
      await sql.close();
    }
  }
  throw new Error(`${command.join(" ")} does not answer: ${await Bun.file(join(cwd, "log")).text()}`);
}

/** @returns {Promise<{ url: string, clear: () => Promise<void> }>} an empty database, and how to empty it again */
async function postgres() {
  const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES).sort((a, b) => Number(b) - Number(a)) : [];
  if (versions.length === 0) throw new Error("PostgreSQL is not installed: ./test installs it");
  const programs = join(POSTGRES, versions[0], "bin");
  const cwd = folderOf("postgres");
  const data = join(cwd, "data");
  const port = await freePort();
  const user = asUser("postgres");
  await must([...user, join(programs, "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N"], cwd);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", `unix_socket_directories=${cwd}`];
  await serve([...user, join(programs, "postgres"), "-D", data, "-p", String(port), ...settings], cwd, url, "SIGINT");
  return { url, clear: () => ask(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public") };
}

/** The same of MariaDB, which speaks as MySQL does. */
async function mysql() {
  const cwd = folderOf("mysql");
  const data = join(cwd, "data");
  const port = await freePort();
  const user = asUser("mysql");
  await must([...user, "mariadb-install-db", "--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db"], cwd);
  const server = existsSync("/usr/sbin/mariadbd") ? "/usr/sbin/mariadbd" : "mariadbd";
  const settings = ["--bind-address=127.0.0.1", `--socket=${join(cwd, "socket")}`, `--pid-file=${join(cwd, "pid")}`, "--skip-name-resolve"];
  const admin = `mysql://root@127.0.0.1:${port}/mysql`;
  await serve([...user, server, "--no-defaults", `--datadir=${data}`, `--port=${port}`, ...settings], cwd, admin, "SIGTERM");
  const clear = () => ask(admin, "DROP DATABASE IF EXISTS app; CREATE DATABASE app");
  await clear();
  return { url: `mysql://root@127.0.0.1:${port}/app`, clear };
}

async function ask(url, text) {
  const sql = new SQL(url, { max: 1 });
  try {
    await sql.unsafe(text);
  } finally {
    await sql.close();
  }
}
