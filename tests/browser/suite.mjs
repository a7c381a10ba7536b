// What a person sees: the applications of the seed documents and of examples/ in headless Chromium,
// and the elements and remote procedure calls of the runtime as a page makes them.
import "../runtime/dom.browser.mjs";
import "./rpc_runtime.mjs";
import "./users_pages.mjs";
import "./dashboard_pages.mjs";
import "./example_pages.mjs";
import "./styles_pages.mjs";
import "./directives_pages.mjs";
import "./templates_pages.mjs";
import "./waiting_pages.mjs";
import "./components_pages.mjs";
import "./router_pages.mjs";
