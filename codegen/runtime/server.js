/**
 * The server of a server block: createServer gives the functions that emitted code registers its
 * features, routes, endpoints, sockets, middleware and page with, and the one that starts it. It
 * decides what a request is for and in which order checks happen; how each of them works is in the
 * http_ files.
 * Types of arguments are checked by emitted code, databases are db.js.
 */
import { dirname } from "node:path";
import { errorResponse, thrownResponse } from "./http_errors.js";
import { FeatureSet } from "./http_feature_set.js";
import { after, runAround } from "./http_features.js";
import { allowed, nativeHandlers, optionsAnswer, optionsInPlaceOf } from "./http_methods.js";
import { runMiddleware } from "./http_middleware.js";
import {
  foreignOrigin, fromKnownHosts, isAllowedOrigin, isFromElsewhere, isLoopback, preflight, shareWith,
} from "./http_origin.js";
import { ServerRequest } from "./http_request.js";
import { answerOfRoute } from "./http_results.js";
import { decodeSegment, parametersOf, Router } from "./http_router.js";
import {
  announce, bodyPatience, failToListen, failToStart, hostName, isDev, labelOf, onStop, ownPort, peerPort, portsOfEnvironment,
  trustedOrigins, trustedProxies, watchProcess,
} from "./lifecycle.js";
import { modulePaths, moduleResponse, pageDocument, pageOfRoute, pageResponse } from "./page.js";
import { RELOAD_MARKUP, RELOAD_PATH, Reloader } from "./dev_reload.js";
import { Socket, socketOptions } from "./sockets.js";
import "./traces_uncaught.js";

export { HttpError } from "./http_errors.js";
export { answerOfCall } from "./http_results.js";
export { checkType, fromText, several, soleArgument, toBool, toFloat, toInt } from "./validation.js";

const RPC = "/rpc/";
const MEBIBYTE = 1 << 20;
const IDLE_SECONDS = 60;
const STOP_MILLISECONDS = 3000;

/**
 * @typedef {object} ServerOptions
 * @property {string} [name] of the server block; none for the block without one
 * @property {number} [port] where the environment names no other
 * @property {string} [root] directory of the output files; the started module's without it
 * @property {number} [maxBody] bytes of a request's body and of a socket's message; 1 MiB without it
 * @property {boolean} [collections] whether a Map or a Set may stand in what routes give, which is then looked for
 * @property {Record<string, number>} [servers] every server of the program and its default port
 */

/** @param {ServerOptions} options */
export function createServer(options = {}) {
  const server = new Server(options);
  return {
    __use: (feature) => server.use(feature),
    __addRoute: (method, path, handler, options) => server.addRoute(method, path, handler, options),
    __addSocket: (path, handler, options) => server.addSocket(path, handler, options),
    __addMiddleware: (run, { next = false } = {}) => server.addMiddleware(run, next),
    __addPage: (path, page) => server.addPage(path, page),
    __listen: () => server.listen(),
    __stop: () => server.stop(),
  };
}

class Server {
  #name;
  #port;
  #root;
  #collections;
  #peers;
  #features = new FeatureSet();
  #functions = new Map(); // RPC endpoints by function
  #router = new Router(); // what stands at a path: { methods, socket }
  #anySocket = null; // for upgrades where no route has one
  #middleware = [];
  #pages = [];
  #documents = new Map(); // path -> HTML
  #modules = new Map(); // path -> file
  #sockets = new Set();
  #reloader = new Reloader();
  #context;
  #rules;
  #bun = null;
  #starting = null; // a promise while features start
  #forgetStop = () => {};
  #guarded = (answer) => (isDev() ? fromKnownHosts(answer, () => this.#rules) : answer);

  constructor({ name = "", port = 3000, root = dirname(Bun.main), maxBody = MEBIBYTE, collections = false, servers = {} }) {
    this.#name = name;
    this.#port = port;
    this.#root = root;
    this.#collections = collections;
    this.#peers = { ...servers };
    this.#context = { maxBody, server: null, trustedProxies: trustedProxies(), patience: bodyPatience(), idleSeconds: IDLE_SECONDS };
  }

  /** @param {import("./http_features.js").Feature} feature */
  use(feature) {
    this.#features.add(feature, this.#context);
    if (feature.socket !== undefined) {
      this.#features.guarding(feature.socket.guards);
      this.#anySocket = { ...feature.socket, names: [], place: `${labelOf(this.#name)} ${feature.name}` };
    }
    feature.routes?.((method, path, handler) => this.addRoute(method, path, handler));
  }

  /** @param {{ with?: { around: Function }[] }} [options] with: what stands around this route alone, the outermost first */
  addRoute(method, path, handler, { with: guards = [] } = {}) {
    const place = `${labelOf(this.#name)} ${method} ${path}`;
    if (path.startsWith(RPC)) {
      this.#functions.set(path.slice(RPC.length), { handler, place, endpoint: true, guards: this.#features.guarding(guards) });
      return;
    }
    const { value, names } = this.#router.at(path, () => ({ methods: new Map(), socket: null }));
    const looksUp = names.length > 0 && method === "GET";
    const reads = handler.length > 0 && method !== "GET" && method !== "HEAD";
    value.methods.set(method.toUpperCase(), {
      handler, names, place, looksUp, reads, collections: this.#collections, guards: this.#features.guarding(guards),
    });
  }

  addSocket(path, handler, { with: guards = [] } = {}) {
    const { value, names } = this.#router.at(path, () => ({ methods: new Map(), socket: null }));
    value.socket = { handler, names, guards: this.#features.guarding(guards), place: `${labelOf(this.#name)} socket ${path}` };
  }

  addMiddleware(run, next) {
    this.#middleware.push({ run, next });
  }

  addPage(path, page) {
    Object.assign(this.#peers, page.servers);
    this.#pages.push({ path, page });
    for (const [at, file] of modulePaths(page.modules, isDev())) this.#modules.set(at, file);
  }

  /** Starts to answer; the process ends with a message where the port is taken. */
  listen() {
    this.#features.check();
    const port = ownPort(this.#name, this.#port);
    try {
      this.#bun = Bun.serve({
        port,
        hostname: hostName(),
        development: false,
        reusePort: false, // two processes on one port would share its requests
        idleTimeout: IDLE_SECONDS,
        maxRequestBodySize: Math.max(this.#context.maxBody, 128 * MEBIBYTE, ...this.#features.settings("maxRequest")), // what is over maxBody is refused here
        tls: this.#features.settings("tls").at(-1),
        routes: this.#nativeRoutes(),
        fetch: this.#guarded((raw) => this.#answer(raw)),
        error: (error) => thrownResponse(error, labelOf(this.#name)),
        websocket: socketOptions(this.#context.maxBody, this.#sockets),
      });
    } catch (error) {
      failToListen(error, this.#name, port);
    }
    this.#started();
    return this.#bun;
  }

  /** What depends on the port that it came to be. */
  #started() {
    this.#context.server = this.#bun;
    const ports = Object.fromEntries(Object.entries(this.#peers).map(([name, port]) => [name, peerPort(name, port)]));
    ports[this.#name] = this.#bun.port;
    this.#rules = {
      ports: new Set([...Object.values(ports).map(String), ...portsOfEnvironment()]),
      origins: new Set([...trustedOrigins(), ...this.#features.settings("origins").flat()]),
      loopbackOnly: isDev() && isLoopback(hostName()),
    };
    this.#context.rules = this.#rules;
    for (const { path, page } of this.#pages) {
      this.#documents.set(path, pageDocument(page, ports, isDev() ? RELOAD_MARKUP : ""));
    }
    this.#forgetStop = onStop(() => this.stop());
    watchProcess((line) => line === "reload" && this.#reloader.reload());
    this.#startFeatures();
  }

  /** Requests that come while a feature still starts wait for it. */
  #startFeatures() {
    const { port, url } = this.#bun;
    const ready = () => {
      this.#starting = null;
      announce(this.#name, port, url.protocol.slice(0, -1));
    };
    const starting = this.#features.start({ name: this.#name, port, url: url.origin });
    if (starting === null) ready();
    else this.#starting = starting.then(ready, (error) => failToStart(error, this.#name));
  }

  /** Accepts nothing new, lets requests come to their end for a while, closes the sockets. */
  async stop() {
    const bun = this.#bun;
    if (bun === null) return;
    this.#bun = null;
    this.#forgetStop();
    bun.stop();
    this.#reloader.close();
    for (const ws of this.#sockets) ws.close(1001, "the server stops");
    const end = Date.now() + STOP_MILLISECONDS;
    while (bun.pendingRequests + bun.pendingWebSockets > 0 && Date.now() < end) await Bun.sleep(10);
    await bun.stop(true);
    await this.#features.stop();
  }

  /**
   * What Bun finds by itself, by path and method: calls of endpoints, and routes whose paths do not vary. All else comes
   * to #answer, as does another spelling of the same path.
   */
  #nativeRoutes() {
    const endpoints = [...this.#functions].map(([name, endpoint]) => [
      RPC + name, { POST: this.#native(RPC + name, this.#features.all, (req) => this.#answerCall(req, "POST", endpoint)) },
    ]);
    const routes = this.#router.fixed().map(([path, found]) => [path, this.#nativeMethods(path, found)]);
    return Object.fromEntries([...endpoints, ...routes.filter(([, methods]) => Object.keys(methods).length > 0)]);
  }

  #nativeMethods(path, found) {
    const { methods, socket } = found.value;
    const features = this.#features.routes;
    const mayUpgrade = (socket ?? this.#anySocket) !== null;
    return nativeHandlers(methods, (route) => this.#native(
      path, features, mayUpgrade ? (req) => this.#answerRoute(req, found) : (req) => this.#answerWith(route, req),
    ));
  }

  /** @param {(req: ServerRequest) => Response | Promise<Response> | undefined} answer with features around it */
  #native(path, features, answer) {
    return this.#guarded((raw) => {
      const req = new ServerRequest(raw, this.#context, path);
      return this.#isBare(features) ? answer(req) : this.#inside(features, req, () => answer(req));
    });
  }

  /** @param {Request} raw @returns {Response | Promise<Response> | undefined} nothing for an upgrade */
  #answer(raw) {
    const req = new ServerRequest(raw, this.#context);
    const { path } = req;
    try {
      if (path.startsWith(RPC)) return this.#inside(this.#features.all, req, () => this.#answerCall(req, raw.method, this.#endpointAt(path)));
      const found = this.#router.find(path);
      if (found === null && this.#anySocket !== null && isUpgrade(raw)) {
        return this.#inside(this.#features.routes, req, () => this.#answerSocket(req, this.#anySocket, []));
      }
      if (found === null) return this.#inside(this.#features.all, req, () => this.#answerPage(req));
      return this.#inside(this.#features.routes, req, () => this.#answerRoute(req, found));
    } catch (error) {
      return thrownResponse(error, `${labelOf(this.#name)} ${raw.method} ${path}`);
    }
  }

  /** Nothing stands around an answer. Asked before #inside where each request counts: that needs no closure. */
  #isBare(features) {
    return features.length === 0 && this.#starting === null;
  }

  /** The answer with the features around it, once all have started; nothing where it was an upgrade. */
  #inside(features, req, answer) {
    if (this.#isBare(features)) return answer();
    const place = `${labelOf(this.#name)} ${req.method} ${req.path}`;
    const run = async () => {
      await this.#starting;
      return runAround(features, req, answer);
    };
    return run().catch((error) => this.#features.answerTo(error, req, place)).then((answer) => (req.upgraded ? undefined : answer));
  }

  #endpointAt(path) {
    const name = path.slice(RPC.length);
    return this.#functions.get(name) ?? this.#functions.get(decodeSegment(name));
  }

  // RPC: the origin, the question of browsers, the function, the method (which Bun knows where it found it), the kind of body.

  #answerCall(req, method, endpoint) {
    const { headers } = req.raw;
    const origin = headers.get("origin");
    if (origin === null) return isFromElsewhere(headers) ? foreignOrigin() : this.#runCall(req, method, endpoint);
    if (!isAllowedOrigin(origin, headers.get("host"), this.#rules)) return foreignOrigin();
    if (method === "OPTIONS") return shareWith(origin, preflight(req.raw, "POST"));
    return after(this.#runCall(req, method, endpoint), (response) => shareWith(origin, response));
  }

  // Routes and sockets: middleware comes first, whatever stands at the path.

  #answerRoute(req, { value, taken }) {
    const { methods, socket } = value;
    const { method } = req;
    const upgraded = socket ?? this.#anySocket;
    if (upgraded !== null && method === "GET" && isUpgrade(req.raw)) return this.#answerSocket(req, upgraded, taken);
    const route = methods.get(method) ?? (method === "HEAD" ? methods.get("GET") : undefined);
    if (route === undefined) return this.#answerWithout(req, value);
    if (taken.length > 0) req.params = parametersOf(route.names, taken);
    return this.#answerWith(route, req);
  }

  #answerWith(route, req) {
    if (this.#middleware.length === 0) return this.#run(route, req);
    return this.#behindMiddleware(req, route, () => this.#run(route, req));
  }

  #behindMiddleware(req, { place }, handler) {
    if (this.#middleware.length === 0) return handler();
    return runMiddleware(this.#middleware, req, handler).catch((error) => this.#features.answerTo(error, req, place));
  }

  /** A method that nothing stands for. */
  #answerWithout(req, { methods, socket }) {
    const allow = allowed(methods);
    if (req.method === "OPTIONS" && methods.size > 0) return this.#answerOptions(req, allow);
    if (socket !== null && (req.method === "GET" || methods.size === 0)) {
      return errorResponse(426, undefined, undefined, { Upgrade: "websocket" });
    }
    return errorResponse(405, undefined, undefined, { Allow: allow });
  }

  /** Middleware may add headers for browsers; a refusal would refuse a question, so it is not one. */
  async #answerOptions(req, allow) {
    const response = await this.#behindMiddleware(req, { place: `${labelOf(this.#name)} OPTIONS` }, () => optionsAnswer(allow));
    return response.status < 400 ? response : optionsInPlaceOf(response, allow);
  }

  #answerSocket(req, socket, taken) {
    const { headers } = req.raw;
    if (!isAllowedOrigin(headers.get("origin"), headers.get("host"), this.#rules)) return foreignOrigin();
    if (taken.length > 0) req.params = parametersOf(socket.names, taken);
    const upgrade = () => {
      const data = { socket: new Socket(req, socket.place), handler: socket.handler };
      req.upgraded = this.#bun?.upgrade(req.raw, { data }) === true;
      return req.upgraded ? new Response(null) : errorResponse(400, "Not a WebSocket handshake");
    };
    const bare = this.#features.routes.length === 0;
    const answer = this.#behindMiddleware(req, socket, () => runAround(socket.guards, req, upgrade));
    return after(answer, (response) => (req.upgraded && bare ? undefined : response));
  }

  // What handlers do: what they return and what they throw becomes the answer.

  /** @returns {Response | Promise<Response>} */
  #runCall(req, method, endpoint) {
    if (endpoint === undefined) return errorResponse(404, `Unknown function: ${req.path.slice(RPC.length)}`);
    if (method !== "POST") return errorResponse(405, undefined, undefined, { Allow: "POST" });
    const type = req.raw.headers.get("content-type");
    const json = type === null ? req.raw.body === null : isJSON(type);
    if (!json) return errorResponse(415, "Unsupported media type: send JSON, with Content-Type: application/json");
    req.expectJSON();
    return this.#run(endpoint, req);
  }

  #run(route, req) {
    try {
      const { guards } = route;
      if (route.reads && req.raw.body !== null) return this.#runWithBody(route, req);
      const result = guards.length === 0 ? route.handler(req, req.params) : this.#runGuarded(route, req);
      if (!(result instanceof Promise)) return answerOfRoute(route, req, result);
      return this.#settled(route, req, result);
    } catch (error) {
      return this.#features.answerTo(error, req, route.place);
    }
  }

  /** An endpoint's handler makes its response itself: there is nothing to do but where it fails. */
  #settled(route, req, result) {
    const response = route.endpoint ? result : result.then((value) => answerOfRoute(route, req, value));
    return response.catch((error) => this.#features.answerTo(error, req, route.place));
  }

  /** A handler of the request, and what guards it, find the body there. */
  async #runWithBody(route, req) {
    try {
      await req.readBody();
      return await this.#runGuarded(route, req);
    } catch (error) {
      return this.#features.answerTo(error, req, route.place);
    }
  }

  #runGuarded(route, req) {
    return runAround(route.guards, req, async () => answerOfRoute(route, req, await route.handler(req, req.params)));
  }

  // Pages and their modules, where no route stands.

  #answerPage(req) {
    const document = this.#documents.get(req.path) ?? this.#documents.get(req.path.replace(/\/$/, ""));
    const file = this.#modules.get(req.path);
    if (document === undefined && file === undefined) return this.#answerUnknown(req);
    if (req.method !== "GET" && req.method !== "HEAD") {
      return errorResponse(405, undefined, undefined, { Allow: "GET, HEAD" });
    }
    if (document !== undefined) return pageResponse(document, req.csrfToken);
    return moduleResponse(this.#root, file, req.raw).then((response) => response ?? errorResponse(404));
  }

  #answerUnknown(req) {
    const { files } = this.#features;
    return files.length === 0 ? this.#answerNothing(req) : this.#answerFile(req, files);
  }

  async #answerFile(req, serving) {
    for (const feature of serving) {
      const response = await feature.files(req);
      if (response !== null) return response;
    }
    return this.#answerNothing(req);
  }

  #answerNothing(req) {
    const page = pageOfRoute(this.#pages, req);
    if (page !== null) return pageResponse(this.#documents.get(page), req.csrfToken);
    if (req.path !== RELOAD_PATH || !isDev() || req.method !== "GET") return errorResponse(404);
    this.#bun.timeout(req.raw, 0);
    return this.#reloader.connect();
  }
}

const isJSON = (type) => type === "application/json" || /^application\/json\s*(;|$)/i.test(type);

const isUpgrade = (raw) => raw.headers.get("upgrade")?.toLowerCase() === "websocket";
