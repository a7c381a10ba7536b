/**
 * A server process from its environment to its end: ports and host, the word that it is ready, and
 * an orderly stop. Variables: PORT_<NAME>, PORT, TOVA_HOST, TOVA_ORIGINS, TOVA_TRUST_PROXY, TOVA_DEV,
 * TOVA_READY_FD.
 * What there is to stop is registered by others.
 */
import { writeSync } from "node:fs";
import { logError } from "./http_errors.js";

/** What `tova dev` and scripts tell a port in use by. */
const EXIT_PORT_IN_USE = 98;
const EXIT_BAD_CONFIGURATION = 78;

export const isDev = () => process.env.TOVA_DEV === "1";

/** @param {string} name of a server block, "" for the one without @returns {string} e.g. PORT_API */
export function portVariable(name) {
  return name === "" ? "PORT" : `PORT_${name.replace(/[^A-Za-z0-9]/gu, "_").toUpperCase()}`;
}

/** @param {string} name @returns {string} as it is called in messages */
export const labelOf = (name) => (name === "" ? "server" : `server:${name}`);

/** @param {string} name @param {number} fallback @returns {number} the port of a peer, as far as it is known here */
export const peerPort = (name, fallback) => numberOf(portVariable(name)) ?? fallback;

/** @param {string} name @param {number} fallback @returns {number} the port to listen on */
export function ownPort(name, fallback) {
  return numberOf(portVariable(name)) ?? numberOf("PORT") ?? fallback;
}

function numberOf(variable) {
  const text = process.env[variable];
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) < 65536) return Number(text);
  return fail(`${variable} must be a port number, not ${JSON.stringify(text)}`, EXIT_BAD_CONFIGURATION);
}

/** @returns {number} how many proxies of one's own stand in front */
export function trustedProxies() {
  const text = process.env.TOVA_TRUST_PROXY ?? "";
  if (text === "" || /^\d$/.test(text)) return Number(text);
  return fail(`TOVA_TRUST_PROXY must be the number of proxies in front, not ${JSON.stringify(text)}`, EXIT_BAD_CONFIGURATION);
}

/** @returns {number} milliseconds that a request's body may keep its server waiting: TOVA_BODY_TIMEOUT, in seconds */
export function bodyPatience() {
  const text = process.env.TOVA_BODY_TIMEOUT || "20";
  if (Number(text) > 0) return Number(text) * 1000;
  return fail(`TOVA_BODY_TIMEOUT must be a number of seconds, not ${JSON.stringify(text)}`, EXIT_BAD_CONFIGURATION);
}

export const hostName = () => process.env.TOVA_HOST || (isDev() ? "127.0.0.1" : "0.0.0.0");

/** @returns {Set<string>} the origins of TOVA_ORIGINS */
export function trustedOrigins() {
  const list = (process.env.TOVA_ORIGINS ?? "").split(",");
  return new Set(list.map((item) => item.trim().replace(/\/$/, "")).filter((item) => item !== ""));
}

/** @returns {Set<string>} the ports that the environment gives to servers by name */
export function portsOfEnvironment() {
  const names = Object.keys(process.env).filter((name) => name.startsWith("PORT_"));
  return new Set(names.map((name) => process.env[name]).filter((text) => /^\d+$/.test(text)));
}

function fail(line, code) {
  console.error(line);
  process.exit(code);
}

/** Ends the process because Bun.serve did not start. */
export function failToListen(error, name, port) {
  const variable = portVariable(name);
  if (error?.code !== "EADDRINUSE") fail(`${labelOf(name)} cannot listen on port ${port}: ${error?.message}`, 1);
  fail(`Port ${port} for ${labelOf(name)} is in use. Set ${variable} to another one.`, EXIT_PORT_IN_USE);
}

/** Ends the process because what the server needs could not be started. */
export function failToStart(error, name) {
  logError(`${labelOf(name)} cannot start`, error);
  process.exit(1);
}

/** Tells whoever started the process, or the person who did, that requests are answered. */
export function announce(name, port, protocol = "http") {
  const fd = process.env.TOVA_READY_FD;
  if (/^\d+$/.test(fd ?? "")) writeSync(Number(fd), `ready ${port}\n`);
  else if (fd === undefined && !isDev()) console.log(`${labelOf(name)}: ${protocol}://localhost:${port}`);
}

const stops = [];
let stopping = false;

/**
 * @param {() => void | Promise<void>} stop called at the end, last registered first
 * @returns {() => void} takes it back
 */
export function onStop(stop) {
  stops.push(stop);
  return () => {
    const index = stops.indexOf(stop);
    if (index >= 0) stops.splice(index, 1);
  };
}

const checks = new Map();

/**
 * What a health check may ask.
 * @param {string} name such as "db"
 * @param {() => any} check throws, or rejects, where something is wrong
 * @returns {() => void} takes it back
 */
export function onCheck(name, check) {
  const list = checks.get(name) ?? [];
  checks.set(name, [...list, check]);
  return () => checks.set(name, checks.get(name).filter((each) => each !== check));
}

/** @param {string} name @returns {(() => any)[]} */
export const checksOf = (name) => checks.get(name) ?? [];

async function endProcess() {
  if (stopping) process.exit(1);
  stopping = true;
  for (const stop of stops.splice(0).reverse()) {
    try {
      await stop();
    } catch (error) {
      logError("stopping", error);
    }
  }
  process.exit(0);
}

let watching = false;

/**
 * Stops on SIGTERM and SIGINT, and in development when standard input ends, which is how the end
 * of the parent shows. A promise that nobody waits for takes no server down.
 * @param {(line: string) => void} onLine gets the parent's lines
 */
export function watchProcess(onLine) {
  if (watching) return;
  watching = true;
  process.on("SIGTERM", endProcess);
  process.on("SIGINT", endProcess);
  process.on("unhandledRejection", (error) => logError("unhandled rejection", error));
  if (isDev()) watchInput(onLine);
}

function watchInput(onLine) {
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text) => text.split("\n").forEach((line) => onLine(line.trim())));
  process.stdin.on("end", endProcess);
  process.stdin.on("error", endProcess);
}
