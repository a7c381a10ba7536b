import { createServer } from "./runtime/server.js";
import { openapi } from "./runtime/openapi.js";

const { __use, __addRoute, __addSocket, __listen } = createServer({ port: 3000 });

function greet(ws) {
  ws.send("hi");
}

__addSocket("/named", greet);

__addSocket("/in_place", (ws) => ws.send("hi"));

__addSocket("/told", (peer) => peer.on("message", (text) => peer.send(text)));

__addSocket("/typed", (peer) => peer.send("hi"));

__addSocket("/arrow", (socket) => socket.send("hi"));

// GET /plain
__addRoute("GET", "/plain", (req) => "no socket");

// GET /openapi.json
__use(openapi({ title: "app", routes: [{ method: "GET", path: "/plain" }] }));

__listen();
