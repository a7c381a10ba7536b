// What package.json of the extension says to Visual Studio Code and to people: all of it is there, and nobody has to guess.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";

const extension = join(root, "editors/vscode");
const read = (name) => readFileSync(join(extension, name), "utf8");
const manifest = JSON.parse(read("package.json"));
const { commands, configuration, menus, views, walkthroughs } = manifest.contributes;
const sources = readdirSync(join(extension, "src")).map((name) => read(`src/${name}`)).join("\n");
const readme = read("README.md");

test("VS Code: every setting says what it is, where it may stand, and is in the README and in the code", () => {
  for (const [name, { scope, type, description, markdownDescription, default: value, enum: words, enumDescriptions }] of Object.entries(configuration.properties)) {
    assert.ok(["machine", "machine-overridable", "window", "resource"].includes(scope), `${name}: ${scope}`);
    assert.match(description ?? markdownDescription ?? "", /^[A-Z].*\.$/, name);
    assert.equal(type === "array" ? Array.isArray(value) : type === "integer" ? Number.isInteger(value) : typeof value === type, true, `${name}: ${value}`);
    if (words && words.some((word) => word !== word.toLowerCase())) assert.equal(enumDescriptions?.length, words.length, name);
    const [, group, last] = name.split(".");
    assert.ok(readme.includes(`\`${name}\``) || readme.includes(`\`tova.${group}.*\``), `${name} is not in the README`);
    // vscode-languageclient reads what it traces.
    assert.ok(name === "tova.trace.server" || sources.includes(`"${group}"`) || sources.includes(`"${group}.${last}"`), `nothing reads ${name}`);
  }
});

test("VS Code: a folder that is not trusted sets nothing that runs or writes", () => {
  const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  assert.equal(supported, "limited");
  assert.deepEqual([...restrictedConfigurations].sort(), ["tova.compileOnSave", "tova.dev.port", "tova.server.arguments", "tova.server.path"]);
  assert.deepEqual(restrictedConfigurations.filter((name) => !(name in configuration.properties)), []);
});

test("VS Code: every command has a title and is registered, and menus name commands that there are", () => {
  const names = new Set(commands.map(({ command }) => command));
  for (const { command, title, category } of commands) {
    assert.ok(title && category === "Tova", command);
    assert.ok(sources.includes(`"${command}"`), `${command} is not registered`);
  }
  for (const { command } of Object.values(menus).flat()) assert.ok(names.has(command), command);
  const hidden = menus.commandPalette.filter(({ when }) => when === "false").map(({ command }) => command);
  // What needs the row of a tree is not offered without one.
  for (const { command, when } of menus["view/item/context"]) {
    assert.ok(hidden.includes(command), command);
    assert.match(when, /viewItem/);
  }
  for (const { command, icon } of [...menus["view/title"], ...menus["view/item/context"]].map(({ command }) => commands.find((other) => other.command === command))) {
    assert.ok(icon, `${command} stands as a picture and has none`);
  }
});

test("VS Code: each step of the walkthrough has a picture with words for who cannot see it, and leads to a command", () => {
  for (const { title, description, media } of walkthroughs.flatMap(({ steps }) => steps)) {
    assert.ok(existsSync(join(extension, media.image)), media.image);
    assert.match(media.altText, /\w+ \w+/, title);
    const [, command] = /\]\(command:([\w.]+)/.exec(description) ?? [];
    assert.ok(command?.startsWith("workbench.") || commands.some((other) => other.command === command), `${title}: ${command}`);
  }
  for (const view of Object.values(views).flat()) assert.ok(existsSync(join(extension, view.icon)), view.id);
});

test("VS Code: the icon, the changelog and the pictures of the README are there", () => {
  const icon = readFileSync(join(extension, manifest.icon));
  assert.equal(icon.toString("latin1", 1, 4), "PNG");
  assert.ok(icon.readUInt32BE(16) >= 128 && icon.readUInt32BE(16) === icon.readUInt32BE(20));
  assert.ok(read("CHANGELOG.md").includes(`## ${manifest.version}\n`));
  assert.ok(readFileSync(join(root, "meson.build"), "utf8").includes(`version: '${manifest.version}'`));
  const pictures = [...readme.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
  assert.ok(pictures.length >= 4);
  for (const [, words, path] of pictures) {
    assert.ok(existsSync(join(extension, path)), path);
    assert.match(words, /\w+ \w+/, path);
  }
});
