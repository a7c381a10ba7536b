import { createServer } from "./runtime/server.js";
import { cors } from "./runtime/http_cors.js";

const { __use, __listen } = createServer({
  name: "open",
  port: 3002,
  servers: { small: 3001, open: 3002, watched: 3003 },
});

__use(cors());

__listen();
