// `tova lsp` driven by the client library that editors use: what it answers, what it publishes, and
// what it writes when a file is saved.
import "./lifecycle.mjs";
import "./synchronization.mjs";
import "./diagnostics.mjs";
import "./completion.mjs";
import "./signatures.mjs";
import "./navigation.mjs";
import "./renaming.mjs";
import "./hierarchy.mjs";
import "./actions.mjs";
import "./preview.mjs";
import "./pulled_diagnostics.mjs";
import "./previews.mjs";
import "./preview_edits.mjs";
import "./saving.mjs";
import "./saving_trouble.mjs";
import "./same_findings.mjs";
import "./reading.mjs";
import "./introspection.mjs";
