import { createServer, soleArgument } from "./runtime/server.js";
import { filter } from "./runtime/core.js";

const { __addRoute, __addSocket, __listen } = createServer({
  name: "notices",
  port: 3001,
  servers: { jobs: 3000, notices: 3001 },
});

let listeners = [];

function listen(ws) {
  listeners = [...listeners, ws];

  ws.on("close", () => {
    listeners = filter(listeners, (l) => l !== ws);
  });

  ws.on("message", (data) => {
    const notice = JSON.parse(data);

    // Everyone but the sender.
    for (const listener of listeners) {
      if (listener !== ws) {
        listener.send(JSON.stringify(notice));
      }
    }
  });
}

function announce(notice) {
  for (const listener of listeners) {
    listener.send(JSON.stringify(notice));
  }
}

// The upgrade of "/notices" is the business of listen.
__addSocket("/notices", listen);

// POST /rpc/announce
__addRoute("POST", "/rpc/announce", async (req) => {
  const body = await req.json();
  const notice = body.__args ? body.__args[0] : soleArgument(body, "notice");
  const result = (await announce(notice)) ?? null;
  return Response.json({ result });
});

__listen();
