// Bundles the extension into dist/extension.js, for the extension host (Node, CommonJS).
import { build } from "esbuild";

await build({
  entryPoints: [new URL("src/extension.ts", import.meta.url).pathname],
  outfile: new URL("dist/extension.js", import.meta.url).pathname,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node18",
  external: ["vscode"],
  minify: true,
  sourcemap: true,
  logLevel: "warning",
});
