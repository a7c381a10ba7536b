// What the sessions in Visual Studio Code share: one editor with the packaged extension, a window for each session, and
// pictures. Those of a session are kept in build/screenshots; ./test --update puts the named ones into the extension.
import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folder, remove, root } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { packExtension, VsCode } from "./vscode_window.mjs";

export const binary = process.env.TOVA_VSCODE;
const pictures = join(root, "build/screenshots");

export const editor = shared(async (t) => {
  const home = mkdtempSync(join(tmpdir(), "tova-vsix-"));
  t.after(() => remove(home));
  const code = await VsCode.start(binary, packExtension(join(home, "tova.vsix")));
  t.after(() => code.stop());
  return code;
});

/**
 * The steps of a session in a window of its own; each gets what `prepare` has given, and the window.
 * @param {(workspace: string) => Promise<{ settings?: object }>} prepare fills the new folder
 * @param {string} name of the folder
 * @returns {(words: string, body: (given: object, t: object) => unknown) => void} declares a step
 */
export function session(prepare, name = "workspace") {
  const opened = shared(async (t) => {
    const code = await editor();
    const workspace = join(folder(t), name);
    mkdirSync(workspace);
    const given = await prepare(workspace);
    const window = await code.window(workspace, given.settings);
    return { ...given, code, window, page: window.page, workspace };
  });
  return (words, body) => test(`VS Code: ${words}`, async (t) => {
    const given = await opened();
    try {
      await body(given, t);
    } catch (problem) {
      await given.window.screenshot(join(pictures, `failed-${words.replace(/\W+/g, "-").slice(0, 60)}.png`));
      throw problem;
    }
  }, { timeout: 300_000 });
}

/**
 * Keeps a picture, small enough to be read in a README, and with --update puts it into the extension.
 * @param {import("playwright-core").Page} page
 * @param {string} name
 * @param {{ x: number, y: number, width: number, height: number }} [clip] a part of it
 */
export async function picture(page, name, clip) {
  await page.screenshot({ path: join(pictures, `${name}.png`), clip });
  if (process.env.TOVA_UPDATE) {
    const kept = join(root, "editors/vscode/media/walkthrough");
    mkdirSync(kept, { recursive: true });
    copyFileSync(join(pictures, `${name}.png`), join(kept, `${name}.png`));
  }
}
