import { createServer } from "./runtime/server.js";
import { variable } from "./runtime/environment.js";
import { cache } from "./runtime/http_cache.js";
import { compression } from "./runtime/http_compression.js";
import { cors } from "./runtime/http_cors.js";
import { health } from "./runtime/http_health.js";
import { onStart, onStop, onError } from "./runtime/http_hooks.js";
import { rateLimit } from "./runtime/http_rate_limit.js";
import { tls } from "./runtime/http_tls.js";
import { print } from "./runtime/core.js";

const { __use, __listen } = createServer({
  name: "watched",
  port: 3003,
  servers: { small: 3001, open: 3002, watched: 3003 },
});

const ORIGIN = variable("ORIGIN", "String");

const LIMIT = variable("LIMIT", "Int", 5 * 10);

const DEBUG = variable("DEBUG", "Bool", false);

__use(cors({ origins: [ORIGIN] }));

__use(rateLimit({ max: LIMIT, window: 60, trust_proxy: true }));

__use(health("/healthz", { check_memory: true, check_db: true }));

__use(compression());

__use(cache({ max_age: 60, stale_while_revalidate: 10 }));

__use(tls({ cert: "cert.pem", key: "key.pem" }));

__use(onStart(() => print(`up, debug: ${DEBUG}`)));

__use(onStop(() => print("down")));

__use(onError((err, req) => {
  print(err.message);
  return { status: 503, body: "sorry" };
}));

__listen();
