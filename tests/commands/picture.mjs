// Makes examples/demo.png, the picture of the README, from what `tova demo` really prints, in colour, up to its first
// save. Not a test: `node tests/commands/picture.mjs` after a change of the demo, with TOVA_CHROMIUM naming a Chromium
// that is not on the PATH as `chromium`.
import { join } from "node:path";
import { chromium } from "playwright-core";
import { root, run, tova } from "../harness/program.mjs";

const colours = { 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#76e3ea" };

const escaped = (text) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The text of a terminal as HTML. */
function html(text) {
  let open = 0;
  const body = escaped(text).replace(/\x1b\[([\d;]*)m/g, (_, codes) => {
    if (codes === "0") {
      const close = "</span>".repeat(open);
      open = 0;
      return close;
    }
    open += 1;
    return `<span style="${codes.split(";").map(style).join(";")}">`;
  });
  return body + "</span>".repeat(open);
}

function style(code) {
  if (code === "1") return "font-weight: 600; color: #fff";
  return code === "2" ? "color: #7d8590" : `color: ${colours[code] ?? "inherit"}`;
}

const { stdout, code, stderr } = await run(tova, ["demo"], { env: { FORCE_COLOR: "1" } });
if (code !== 0) throw new Error(stderr);
const shown = `\x1b[2m$\x1b[0m \x1b[1m./tova demo\x1b[0m\n${stdout.slice(0, stdout.indexOf("\x1b[1m7  ")).trimEnd()}`;

const browser = await chromium.launch({
  executablePath: process.env.TOVA_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage({ deviceScaleFactor: 2 });
await page.setContent(`<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; background: #0d1117; }
  pre { display: inline-block; margin: 0; padding: 22px 28px; background: #0d1117; color: #d1d7e0;
        font: 13px/1.45 "DejaVu Sans Mono", "Liberation Mono", monospace; }
</style><pre>${html(shown)}</pre>`);
await page.locator("pre").screenshot({ path: join(root, "examples", "demo.png") });
await browser.close();
