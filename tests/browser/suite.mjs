// What a person sees: the applications of the seed documents and of examples/ in headless Chromium,
// and the remote procedure calls of the runtime as a page makes them.
import "./rpc_runtime.mjs";
import "./users_pages.mjs";
import "./dashboard_pages.mjs";
