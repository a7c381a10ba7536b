// The client router as a person meets it: links, parameters, nesting, guards, redirects, back and forward, scrolling.
import assert from "node:assert/strict";
import { startApplication } from "../harness/application.mjs";
import { folder } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { openPage, startChromium } from "./chromium.mjs";
import { showProgram } from "./compiled.mjs";

const browser = shared((t) => startChromium(t));

const text = (page, selector) => page.locator(selector).textContent();
const pathOf = (page) => page.evaluate(() => location.pathname + location.search + location.hash);

const APP = `browser {
  state allowed = false
  state log = []
  state mounts = 0
  component Home { <h1>"Home"</h1> }
  component Users { <ul><li><a href="/users/1">"one"</a></li><li><a id="ext" href="/users/2" rel="external">"two"</a></li></ul> }
  component User(id) {
    onMount { mounts += 1 }
    query = getQuery()
    <h1>"User {id} {query().tab ?? "none"}"</h1>
  }
  component Settings {
    <section><nav><Link href="/settings/profile" activeClass="on">"Profile"</Link></nav><Outlet /></section>
  }
  component Overview { <p>"Overview"</p> }
  component Profile { meta = getMeta() <p>"Profile {meta().title} {meta().area}"</p> }
  component Secret { <h1>"Secret"</h1> }
  component Login { <h1>"Login"</h1> }
  component Files { params = getParams() <h1>"Files {params()["*"]}"</h1> }
  component Post(id = "all") { <h1>"Post {id}"</h1> }
  component Old { <Redirect to="/users" /> }
  component Missing { <h1>"Nothing here"</h1> }
  component Tall { <div><h1>"Tall"</h1><div style="height: 3000px"></div><h2 id="end">"end"</h2></div> }

  createRouter({
    routes: {
      "/": Home,
      "/users": Users,
      "/users/:id": { component: User, meta: { title: "User" } },
      "/users/new": Login,
      "/settings": {
        component: Settings,
        meta: { area: "settings", title: "Settings" },
        children: { "/": Overview, "/profile": { component: Profile, meta: { title: "Me" } } },
      },
      "/secret": Secret,
      "/login": Login,
      "/files/*": Files,
      "/posts/:id?": Post,
      "/old": Old,
      "/older": { redirect: "/old" },
      "/tall": Tall,
      "404": Missing,
    },
  })

  beforeNavigate(fn(from, to) {
    if to == "/secret" and not allowed { "/login" } elif to == "/never" { false }
  })
  afterNavigate(fn(route) { log = [...log, route.path ?? "none"] })

  component App {
    <main>
      <nav id="nav">
        <Link href="/" class="link" exactActiveClass="here">"Home"</Link>
        <Link href="/users" class="link" activeClass="within" exactActiveClass="here">"Users"</Link>
        <Link href="/settings">"Settings"</Link>
        <Link href="/secret">"Secret"</Link>
        <Link href="/nowhere">"Nowhere"</Link>
        <Link href="/tall">"Tall"</Link>
      </nav>
      <button id="query" on:click={fn() navigate("/users/7", { query: { tab: "a b" } })}>"query"</button>
      <button id="evil" on:click={fn() { navigate("//evil.example/x") \n navigate("javascript:alert(1)") }}>"evil"</button>
      <button id="never" on:click={fn() navigate("/never")}>"never"</button>
      <button id="allow" on:click={fn() { allowed = true }}>"allow"</button>
      <button id="older" on:click={fn() navigate("older")}>"older"</button>
      <i>{mounts}</i>
      <Router />
      <s>{log |> join(" ")}</s>
    </main>
  }
}`.replaceAll("meta = getMeta() <p>", "meta = getMeta()\n    <p>").replaceAll("params = getParams() <h1>", "params = getParams()\n    <h1>");

const link = (page, name) => page.locator("#nav").getByText(name, { exact: true }).click();

test("router: links change the page without loading it again, and know where they are", async (t) => {
  const page = await showProgram(t, await browser(), APP);
  await page.evaluate(() => { globalThis.same = true; });
  assert.equal(await text(page, "h1"), "Home");
  const classes = () => page.locator("#nav .link").evaluateAll((links) => links.map((one) => [one.className, one.getAttribute("aria-current")]));
  assert.deepEqual(await classes(), [["link here", "page"], ["link", null]]);
  await link(page, "Users");
  assert.equal(await page.locator("li").count(), 2);
  assert.deepEqual(await classes(), [["link", null], ["link here", "page"]]);
  await page.getByText("one").click();
  assert.equal(await text(page, "h1"), "User 1 none");
  assert.deepEqual(await classes(), [["link", null], ["link within", null]]);
  assert.equal(await pathOf(page), "/users/1");
  assert.equal(await page.evaluate(() => globalThis.same), true);
  await page.goBack();
  await page.locator("#ext").click();
  await page.getByText("User 2 none").waitFor();
  assert.equal(await page.evaluate(() => globalThis.same), undefined, "an external link loads the page");
});

test("router: a deep link shows its page, back and forward lead through what was seen", async (t) => {
  const page = await showProgram(t, await browser(), APP, { path: "/users/42?tab=x" });
  assert.equal(await text(page, "h1"), "User 42 x");
  await page.click("#query");
  assert.equal(await text(page, "h1"), "User 7 a b");
  assert.equal(await text(page, "i"), "1", "the same component is told of its new parameters");
  assert.equal(await pathOf(page), "/users/7?tab=a+b");
  await page.goBack();
  await page.getByText("User 42 x").waitFor();
  await page.goForward();
  await page.getByText("User 7 a b").waitFor();
  assert.equal(await text(page, "s"), "/users/:id /users/:id /users/:id /users/:id");
});

test("router: exact segments before parameters, optional ones, the rest of a path, and nothing at all", async (t) => {
  const page = await showProgram(t, await browser(), APP, { path: "/users/new" });
  const shown = async (path) => {
    await page.goto(new URL(path, page.url()).href);
    return text(page, "h1");
  };
  assert.equal(await text(page, "h1"), "Login");
  assert.equal(await shown("/users/a%20b"), "User a b none");
  assert.equal(await shown("/files/2024/a/b"), "Files 2024/a/b");
  assert.equal(await shown("/posts/"), "Post all");
  assert.equal(await shown("/posts/3"), "Post 3");
  assert.equal(await shown("/no/such/page"), "Nothing here");
  assert.equal(await shown("/"), "Home");
});

test("router: children are shown in the outlet of their parent, which stays", async (t) => {
  const page = await showProgram(t, await browser(), APP, { path: "/settings" });
  assert.equal(await text(page, "p"), "Overview");
  await page.evaluate(() => { globalThis.section = document.querySelector("section"); });
  await page.locator("section a").click();
  assert.equal(await text(page, "p"), "Profile Me settings");
  assert.equal(await page.locator("section a").getAttribute("class"), "on");
  assert.equal(await page.evaluate(() => globalThis.section === document.querySelector("section")), true);
});

test("router: guards refuse, lead elsewhere, and hold for the address that the page is opened with", async (t) => {
  const page = await showProgram(t, await browser(), APP, { path: "/secret" });
  await page.getByRole("heading", { name: "Login" }).waitFor();
  assert.equal(await pathOf(page), "/login");
  assert.equal(await page.getByRole("heading", { name: "Secret" }).count(), 0);
  await page.click("#never");
  assert.equal(await pathOf(page), "/login");
  await page.click("#allow");
  await link(page, "Secret");
  assert.equal(await text(page, "h1"), "Secret");
});

test("router: redirects lead on, and leave no step behind that leads into them again", async (t) => {
  const page = await showProgram(t, await browser(), APP);
  await page.click("#older");
  await page.locator("li").first().waitFor();
  assert.equal(await pathOf(page), "/users");
  await page.goBack();
  await page.getByRole("heading", { name: "Home" }).waitFor();
});

test("router: no path leads to another host or runs a script", async (t) => {
  const page = await showProgram(t, await browser(), APP);
  await page.click("#evil");
  assert.equal(await pathOf(page), "/");
  assert.equal(await text(page, "h1"), "Home");
});

test("router: a new page begins at its top, and one that is come back to where it was left", async (t) => {
  const page = await showProgram(t, await browser(), APP, { path: "/tall" });
  await page.evaluate(() => scrollTo(0, 700));
  await page.evaluate(() => document.querySelectorAll("#nav a")[0].click());
  await page.getByRole("heading", { name: "Home" }).waitFor();
  await page.waitForFunction(() => scrollY === 0);
  await page.goBack();
  await page.waitForFunction(() => scrollY === 700);
});

test("router: with a base, routes and links are relative to it", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    component Home { <h1>"Home"</h1> }
    component About { <h1>"About"</h1> }
    createRouter({ routes: { "/": Home, "/about": About }, base: "/my" })
    component App { <main><Link href="/about">"about"</Link><Router /></main> }
  }`, { path: "/my" });
  assert.equal(await text(page, "h1"), "Home");
  assert.equal(await page.locator("a").getAttribute("href"), "/my/about");
  await page.click("a");
  assert.equal(await text(page, "h1"), "About");
  assert.equal(await pathOf(page), "/my/about");
});

test("router: a component that has to be loaded, with what is shown meanwhile and when it cannot be", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state fails = true
    component Chart { <h1>"Chart"</h1> }
    component Wait { <i>"wait"</i> }
    component Failed(error) { <em>"failed {error.message}"</em> }
    fn load() {
      Promise.new(fn(done, fail) {
        window.loaded = fn() { if fails { fail(Error.new("offline")) } else { done({ default: Chart }) } }
      })
    }
    component Home { <b>"Home"</b> }
    createRouter({ routes: { "/": Home, "/chart": lazy(fn() load()) }, loading: Wait, error: Failed })
    component App {
      <main>
        <Link href="/chart">"chart"</Link>
        <Link href="/">"home"</Link>
        <button on:click={fn() { fails = false }}>"mend"</button>
        <Router />
      </main>
    }
  }`);
  await page.getByText("chart").click();
  assert.equal(await text(page, "i"), "wait");
  await page.evaluate(() => window.loaded());
  await page.getByText("failed offline").waitFor();
  await page.getByText("home").click();
  await page.getByText("mend").click();
  await page.getByText("chart").click();
  await page.waitForFunction(() => document.querySelector("i"));
  await page.evaluate(() => window.loaded());
  await page.getByRole("heading", { name: "Chart" }).waitFor();
});

test("router: the present route, its changes, and the router itself can be asked", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state seen = []
    component Home { <h1>"Home"</h1> }
    component Item(id) { <h1>"Item {id}"</h1> }
    defineRoutes({ "/": Home, "/items/:id": { component: Item, meta: { kind: "item" } } })
    onRouteChange(fn(route) { seen = [...seen, if route == nil { "nothing" } else { route.path }] })
    component App {
      route = getCurrentRoute()
      path = getPath()
      router = getRouter()
      <main>
        <button id="go" on:click={fn() router.navigate("/items/3")}>"go"</button>
        <button id="lost" on:click={fn() navigate("/lost")}>"lost"</button>
        <button id="back" on:click={fn() router.back()}>"back"</button>
        <button id="end" on:click={fn() { resetRouter() \n navigate("/items/9") }}>"end"</button>
        <p>"{route().pathname} {path()} {route().meta.kind ?? "-"} {router.isActive("/items")} {router.loading()}"</p>
        <s>{seen |> join(" ")}</s>
        <Router />
      </main>
    }
  }`);
  assert.equal(await text(page, "p"), "/ / - false false");
  await page.click("#go");
  assert.equal(await text(page, "p"), "/items/3 /items/:id item true false");
  await page.click("#lost");
  assert.equal(await text(page, "s"), "/ /items/:id nothing");
  await page.click("#back");
  await page.getByText("Item 3").waitFor();
  await page.click("#end");
  assert.equal(await text(page, "s"), "/ /items/:id nothing /items/:id", "nobody is told any more");
});

test("router: the server answers a deep link with the page, and what is no page with 404", async (t) => {
  const cwd = folder(t, { "app.tova": `server {
  fn greet(name: String) { "Hello {name}" }
  route GET "/api/one" => fn() 1
}
browser {
  state said = ""
  component Home { <h1>"Home"</h1> }
  component Hello(name) {
    effect { said = server.greet(name) }
    <h1>{said}</h1>
  }
  createRouter({ routes: { "/": Home, "/hello/:name": Hello } })
  component App { <main><Router /></main> }
}` });
  const app = await startApplication(t, cwd);
  const page = await openPage(t, await browser(), app.url("/hello/Ann"));
  await page.getByText("Hello Ann").waitFor();
  const html = { accept: "text/html,*/*" };
  assert.equal((await app.request("GET", "/hello/x", { headers: html })).status, 200);
  assert.equal((await app.request("GET", "/hello/x", { headers: { accept: "application/json" } })).status, 404);
  assert.equal((await app.request("POST", "/hello/x", { headers: html, body: {} })).status, 404);
  assert.equal((await app.request("GET", "/api/one", { headers: html })).body, 1);
  assert.equal((await app.request("POST", "/rpc/nope", { headers: html, body: {} })).status, 404);
});
