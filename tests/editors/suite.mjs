// The plugins of editors/ in real editors.
import "./others.mjs";
import "./nvim.mjs";
import "./vscode.mjs";
