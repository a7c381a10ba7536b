/**
 * All features of one server: which of them stand around what, what they set, how they start and
 * stop, and what they make of errors. What a feature is, is said in http_features.js.
 */
import { errorResponse, isExposed, logError, thrownResponse } from "./http_errors.js";
import { STAGE, SetupError } from "./http_features.js";

/** @typedef {import("./http_features.js").Feature} Feature */

export class FeatureSet {
  #features = [];
  #guards = []; // of all routes, endpoints and sockets

  /** With `around`, the outermost first: around everything, and around routes and sockets. @type {Feature[]} */
  all = [];
  routes = [];

  /** Those that have files where nothing else stands. @type {Feature[]} */
  files = [];

  /** @param {Feature} feature @param {object} context of the server's requests: gets what the feature sets for them */
  add(feature, context) {
    this.#features.push(feature);
    if (feature.files !== undefined) this.files.push(feature);
    if (feature.around !== undefined) this.routes.push(feature);
    this.routes.sort((a, b) => (a.stage ?? STAGE.ANSWER) - (b.stage ?? STAGE.ANSWER));
    this.all = this.routes.filter(({ scope }) => scope !== "routes");
    const { maxBody, trustedProxies, identify, identifyOtherwise } = feature.settings ?? {};
    context.identify = identify ?? context.identify ?? identifyOtherwise;
    context.maxBody = maxBody ?? context.maxBody;
    context.trustedProxies = trustedProxies ?? context.trustedProxies;
  }

  /** @param {string} name @returns {any[]} what features say of it */
  settings(name) {
    return this.#features.map((feature) => feature.settings?.[name]).filter((value) => value !== undefined);
  }

  /** Remembers the guards of a route, for check(). */
  guarding(guards) {
    this.#guards.push(...guards);
    return guards;
  }

  /** What a guard needs must be there: without `auth { }` nobody could ever pass `with auth`. @throws {SetupError} */
  check() {
    const provided = new Set(this.#features.map((feature) => feature.provides));
    const lacking = this.#guards.find(({ requires }) => requires !== undefined && !provided.has(requires));
    if (lacking === undefined) return;
    throw new SetupError(`\`with ${lacking.name}\` needs \`auth { }\` or \`session { }\` in the same server: nobody could ever pass it`);
  }

  /** @param {{ name: string, port: number, url: string }} server @returns {Promise<void> | null} null: nothing starts */
  start(server) {
    const starting = this.#features.filter((feature) => feature.start !== undefined);
    if (starting.length === 0) return null;
    const start = async () => {
      for (const feature of starting) await feature.start(server);
    };
    return start();
  }

  async stop() {
    for (const feature of [...this.#features].reverse()) await feature.stop?.();
  }

  /** What the program answers to an error that says nothing to the client, else 500. @returns {Promise<Response>} */
  async answerTo(error, req, place) {
    if (isExposed(error)) return thrownResponse(error, place);
    logError(place, error); // whatever the client is told
    for (const { onError } of this.#features.filter((feature) => feature.onError !== undefined)) {
      try {
        const answer = await onError(error, req);
        if (answer instanceof Response) return answer;
      } catch (second) {
        logError(`${place}: on_error`, second);
      }
    }
    return errorResponse(500);
  }
}
