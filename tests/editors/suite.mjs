// The plugins of editors/ in real editors.
import "./others.mjs";
import "./vscode_contributions.mjs";
import "./nvim.mjs";
import "./nvim_preview.mjs";
import "./nvim_indent.mjs";
import "./vscode.mjs";
