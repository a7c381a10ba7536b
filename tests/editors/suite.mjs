// The plugins of editors/ in real editors.
import "./others.mjs";
import "./nvim.mjs";
import "./nvim_preview.mjs";
import "./nvim_indent.mjs";
import "./vscode.mjs";
