// Rules that hold over the files of the repository as a whole. Each test names the files and lines
// that break its rule.
import "./includes.mjs";
import "./files.mjs";
import "./headers.mjs";
import "./symbols.mjs";
import "./generated.mjs";
import "./cases.mjs";
import "./promises.mjs";
import "./features.mjs";
import "./vscode.mjs";
