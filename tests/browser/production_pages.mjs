// What `tova build --production` made, run by Bun as in production and seen in Chromium.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { bun, folder, freePorts, root, run, tova, until } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

/** Builds an example, deletes everything but the result, and starts these servers of it; their ports. */
async function produce(t, name, servers) {
  const cwd = join(folder(t), name);
  cpSync(join(root, "examples", name), cwd, { recursive: true });
  const into = folder(t);
  const { code, stderr } = await run(tova, ["build", "--production", "-o", join(into, "dist")], { cwd });
  assert.equal(code, 0, stderr);
  const ports = await freePorts(servers.length);
  const variable = (server) => (server === "" ? "PORT" : `PORT_${server.toUpperCase()}`);
  const env = Object.fromEntries(servers.map((server, index) => [variable(server), String(ports[index])]));
  for (const server of servers) {
    const file = `dist/${server === "" ? "app" : name}.server${server && `.${server}`}.js`;
    const child = spawn(bun, [file], { cwd: into, env: { ...process.env, ...env, TOVA_HOST: "127.0.0.1" }, stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("close", resolve));
    t.after(() => (child.kill("SIGTERM"), ended));
  }
  await Promise.all(ports.map((port) => until(`port ${port}`, () => fetch(`http://127.0.0.1:${port}/`))));
  return { ports, context: await startChromium(t) };
}

test("production: a page of one server", async (t) => {
  const { ports, context } = await produce(t, "users", [""]);
  const page = await openPage(t, context, `http://localhost:${ports[0]}/`);
  await page.getByPlaceholder("Name").pressSequentially("Ada");
  await page.getByPlaceholder("Email").pressSequentially("ada@example.com");
  await page.getByRole("button", { name: "Add" }).click();
  assert.deepEqual(await texts(page, "li span", 1), ["Ada (ada@example.com)"]);
  assert.equal(await page.evaluate(() => [...performance.getEntriesByType("resource")].filter(({ name }) => name.includes("__tova")).length), 0);
});

test("production: two servers, and two pages that see each other", async (t) => {
  const { ports, context } = await produce(t, "dashboard", ["api", "events"]);
  const open = async () => {
    const page = await openPage(t, context, `http://localhost:${ports[0]}/`);
    await page.locator(".status.on").waitFor();
    return page;
  };
  const [mine, theirs] = [await open(), await open()];
  await mine.getByPlaceholder("What is wrong?").pressSequentially("The lamp");
  await mine.getByRole("button", { name: "Open ticket" }).click();
  for (const page of [mine, theirs]) assert.deepEqual(await texts(page, ".feed li", 1), ["Robin opened The lamp"]);
});
