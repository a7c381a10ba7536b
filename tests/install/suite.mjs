// What `meson install` and .ci/release put on a machine: the program, its manual page, completions of shells, the plugin.
import "./shells.mjs";
import "./installed.mjs";
import "./release.mjs";
