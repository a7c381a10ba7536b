/**
 * Makes the README's pictures from the real program: a terminal's colours become a page, and Chromium takes its picture.
 * Run by hand after a change of what the demo prints: `node tests/pictures/make.mjs`, after `./test` has installed its tools.
 * Not a test.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
const browser = process.env.TOVA_CHROMIUM ?? "/usr/bin/chromium";

/** The style of each SGR code that the program uses. */
const styles = {
  1: "font-weight: 600; color: #fff",
  2: "opacity: .55",
  31: "color: #ff7b72",
  32: "color: #7ee787",
  33: "color: #e3b341",
  34: "color: #79c0ff",
  35: "color: #d2a8ff",
  36: "color: #56d4dd",
};

const escapeHtml = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** @param {string} text with SGR escapes @returns {string} HTML */
function html(text) {
  let open = false;
  return escapeHtml(text).replace(/\x1b\[([\d;]*)m/g, (_, codes) => {
    const style = codes.split(";").map((code) => styles[Number(code)] ?? "").filter(Boolean).join("; ");
    const close = open ? "</span>" : "";
    open = style !== "";
    return close + (open ? `<span style="${style}">` : "");
  }) + (open ? "</span>" : "");
}

/** A picture of a terminal in which `command` printed `output`. */
async function picture(file, command, output) {
  const instance = await chromium.launch({
    executablePath: browser,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  try {
    const page = await instance.newPage({ viewport: { width: 1040, height: 600 }, deviceScaleFactor: 1.5 });
    await page.setContent(`<!doctype html><meta charset="utf-8"><style>
      body { margin: 0; background: transparent }
      #terminal { width: fit-content; max-width: 960px; margin: 20px; border-radius: 10px; background: #0d1117; color: #c9d1d9; padding: 14px 28px 24px 24px;
        font: 13px/1.45 "DejaVu Sans Mono", ui-monospace, monospace; box-shadow: 0 6px 22px rgba(0, 0, 0, .35) }
      .lights { color: #484f58; letter-spacing: 3px }
      pre { margin: 8px 0 0; white-space: pre-wrap; font: inherit }
    </style><div id="terminal"><div class="lights">●●●</div><pre><span style="color: #7ee787">$</span> ${
      escapeHtml(command)}\n${html(output)}</pre></div>`);
    await page.locator("#terminal").screenshot({ path: file, omitBackground: true });
  } finally {
    await instance.close();
  }
}

const output = execFileSync(`${root}tova`, ["demo"], {
  cwd: root,
  encoding: "utf8",
  env: { ...process.env, FORCE_COLOR: "1" },
});
await picture(`${root}examples/demo.png`, "./tova demo", output.trimEnd());
