// The commands of `tova` from the outside: what they print, write and return, and what they leave
// running. What the emitted programs do is tests/seeds, tests/browser and tests/runtime.
import "./help.mjs";
import "./language.mjs";
import "./check.mjs";
import "./check_formats.mjs";
import "./explain.mjs";
import "./build.mjs";
import "./build_watch.mjs";
import "./production.mjs";
import "./preview_run.mjs";
import "./routes.mjs";
import "./requests.mjs";
import "./ask.mjs";
import "./server_features.mjs";
import "./traces.mjs";
import "./cases.mjs";
import "./modules.mjs";
import "./source_maps.mjs";
import "./dev.mjs";
import "./dev_ports.mjs";
import "./dev_changes.mjs";
import "./demo.mjs";
