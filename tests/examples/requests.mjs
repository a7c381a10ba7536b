// The requests that `tova routes` prints, sent by a shell to the running examples: each line works as it stands, but for the port.
// And the document of `tova routes --openapi` is the one that the servers give.
import assert from "node:assert/strict";
import { root, run, tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { join } from "node:path";
import { startExample } from "./start.mjs";

const refused = (...paths) => Object.fromEntries(paths.map((path) => [`POST /rpc/${path}`, 401]));

/** The examples that are asked, and the answers that are no 200: nothing has the name that was made up, or not any more. */
const applications = [
  { name: "users", others: { "GET /api/users/:id": 404 } }, // remove_user comes before
  { name: "dashboard", servers: ["api", "events"] },
  { name: "services", servers: ["orders", "post", "stock"], others: { "GET /api/orders/:id": 404 } },
  { name: "blog", others: { "GET /api/posts/:slug": 404 } },
  { name: "todo", others: refused("my_todos", "add_todo", "set_done", "remove_todo", "clear_done") },
];

async function routes(name, ...words) {
  const { code, stdout, stderr } = await run(tova, ["routes", join(root, "examples", name), ...words]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

/** The status with which a line for a shell is answered. */
async function statusOf(curl, port) {
  const line = curl.replace(/localhost:\d+/, `localhost:${port}`);
  const { stdout, stderr } = await run("sh", ["-c", `${line} -s -o /dev/null -w '%{http_code}'`], { env: { TOKEN: "t" } });
  assert.match(stdout, /^\d{3}$/, `${line}\n${stderr}`);
  return Number(stdout);
}

for (const { name, servers = [], others = {} } of applications) {
  test(`examples/${name}: every request of \`tova routes --json\` is answered as it should be`, async (t) => {
    const { app } = await startExample(t, name, servers);
    const { packages } = await routes(name, "--json");
    const found = [];
    for (const server of packages[0].servers) {
      for (const { curl, kind, method, path } of server.endpoints) {
        assert.equal(curl === "", kind === "socket");
        if (kind !== "socket") found.push([`${method} ${path}`, await statusOf(curl, app.ports[server.name])]);
      }
    }
    assert.ok(found.length > 0);
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(found.map(([request]) => [request, others[request] ?? 200])));
  });
}

test("`tova routes --openapi --server` is the document that the server gives", async (t) => {
  const { app } = await startExample(t, "services", ["orders", "post", "stock"]);
  for (const server of ["orders", "post", "stock"]) {
    const { servers, ...document } = await routes("services", "--openapi", "--server", server);
    const { body } = await app.request("GET", "/openapi.json", { server });
    assert.deepEqual(document, body);
    assert.equal(servers[0].description, server);
  }
});
