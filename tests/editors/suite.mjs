// The plugins of editors/ in real editors.
import "./nvim.mjs";
import "./vscode.mjs";
