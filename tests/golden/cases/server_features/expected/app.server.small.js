import { createServer } from "./runtime/server.js";
import { cors } from "./runtime/http_cors.js";
import { maxBody } from "./runtime/http_limits.js";
import { env } from "./runtime/processes.js";

const { __use, __listen } = createServer({
  name: "small",
  port: 3001,
  servers: { small: 3001, open: 3002, watched: 3003 },
});

__use(cors({ origins: "https://b.example", credentials: true }));

__use(maxBody(env("MAX_BODY")));

__listen();
