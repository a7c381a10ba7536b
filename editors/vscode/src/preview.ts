// The emitted JavaScript as a read-only document beside its source.
//
// One preview a window. The server pushes edits of the text that it has sent before; a selection that moves on one side, by
// key, mouse or command, is mapped to the other, where the range is marked and brought into view. One question about a
// selection is under way at a time, and of those that come meanwhile only the last is asked.
import * as vscode from "vscode";
import type { MappedPlace, Output, Preview, PreviewChange, Subscription } from "./protocol";
import type { Server } from "./server";
import { applyEdits } from "./text_edits";

const scheme = "tova-output";

interface Shown {
  source: vscode.TextDocument;
  uri: vscode.Uri;
  output: string;
  outputs: Output[];
  text: string;
  id: number | string | undefined;
  /** The user has chosen the output, so the cursor does not. */
  pinned: boolean;
}

export function registerPreview(server: Server): vscode.Disposable {
  const preview = new PreviewView(server);
  return vscode.Disposable.from(
    preview,
    vscode.commands.registerCommand("tova.openPreview", () => preview.open()),
    vscode.commands.registerCommand("tova.nextOutput", () => preview.next()),
  );
}

class PreviewView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #mark = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.rangeHighlightForeground"),
    border: "1px solid",
    borderColor: new vscode.ThemeColor("editor.selectionHighlightBorder"),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #subscriptions: vscode.Disposable[];
  #shown: Shown | undefined;
  /** Counts the subscriptions that were asked for: only the last one is kept. */
  #turn = 0;
  #mapping = false;
  #waiting: vscode.TextEditor | undefined;

  constructor(private readonly server: Server) {
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.window.onDidChangeTextEditorSelection((event) => this.#follow(event.textEditor)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#changedText(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => void this.#activated(editor)),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#closed(closed)),
      server.on<PreviewChange>("tova/previewChanged", (change) => this.#apply(change)),
      server.onStarted(() => this.#shown && void this.#subscribe(this.#shown, this.#shown.output)),
      server.onStopped(() => this.#shown && (this.#shown.id = undefined)),
    ];
    // Tabs of the session before, of which nobody knows any more what they showed.
    void vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter((tab) => uriOf(tab)?.scheme === scheme)));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#shown && uri.toString() === this.#shown.uri.toString() ? this.#shown.text : "";
  }

  /** Opens the output of the block at the cursor. */
  async open(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== "tova") {
      void vscode.window.showInformationMessage("Open a Tova file first.");
      return;
    }
    await this.#show(editor.document, undefined, editor);
  }

  /** Shows the output behind the one that is shown. */
  async next(): Promise<void> {
    const shown = this.#shown;
    if (!shown) {
      return this.open();
    }
    const index = shown.outputs.findIndex((output) => output.name === shown.output);
    const next = shown.outputs[(index + 1) % shown.outputs.length];
    if (next) {
      shown.pinned = true;
      await this.#subscribe(shown, next.name);
    }
  }

  async #show(source: vscode.TextDocument, output: string | undefined, editor: vscode.TextEditor): Promise<void> {
    await this.#unsubscribe();
    const shown: Shown = { source, uri: source.uri, output: "", outputs: [], text: "", id: undefined, pinned: false };
    this.#shown = shown;
    await this.#subscribe(shown, output, editor.selection.active);
  }

  async #subscribe(shown: Shown, output?: string, position?: vscode.Position): Promise<void> {
    const turn = ++this.#turn;
    await this.#unsubscribe();
    const answer = await this.server.ask<Subscription>("tova/previewSubscribe", {
      textDocument: { uri: shown.source.uri.toString() },
      ...(output ? { output } : {}),
      ...(position ? { position: { line: position.line, character: position.character } } : {}),
    });
    if (!answer) {
      return;
    }
    if (turn !== this.#turn || this.#shown !== shown) {
      await this.#end(answer.id);
      return;
    }
    shown.id = answer.id;
    await this.#take(shown, answer.preview);
  }

  /** A whole text has come: show it in the place of the one before. */
  async #take(shown: Shown, preview: Preview): Promise<void> {
    const before = shown.uri;
    const folder = vscode.Uri.joinPath(shown.source.uri, "..").path;
    shown.output = preview.output.name;
    shown.outputs = preview.outputs;
    shown.text = preview.text;
    shown.uri = vscode.Uri.from({ scheme, path: `${folder}/${preview.output.name}` });
    this.#changed.fire(shown.uri);
    const place = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === before.toString() && before.scheme === scheme);
    if (place && before.toString() === shown.uri.toString()) {
      return;
    }
    const active = vscode.window.activeTextEditor;
    await vscode.window.showTextDocument(await this.#document(preview.languageId, shown.uri), {
      viewColumn: place?.viewColumn ?? vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
    if (active) {
      this.#follow(active);
    }
  }

  /** The document has its language by the ending of its name, mostly; to be given another one it is closed and opened. */
  async #document(languageId: string, uri: vscode.Uri): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(uri);
    return document.languageId === languageId ? document : vscode.languages.setTextDocumentLanguage(document, languageId);
  }

  async #unsubscribe(): Promise<void> {
    const shown = this.#shown;
    if (shown?.id !== undefined) {
      const id = shown.id;
      shown.id = undefined;
      await this.#end(id);
    }
  }

  /** The server forgets a subscription; one that it does not know is as good. */
  async #end(id: number | string): Promise<void> {
    await this.server.client?.sendRequest("tova/previewUnsubscribe", { id }).catch(() => undefined);
  }

  /** The server tells of a change: its edits count in the text that was sent before. */
  #apply(change: PreviewChange): void {
    const shown = this.#shown;
    if (!shown || change.id !== shown.id) {
      return;
    }
    if (change.closed) {
      shown.id = undefined;
      return;
    }
    shown.outputs = change.outputs ?? shown.outputs;
    shown.text = applyEdits(shown.text, change.edits ?? []);
    this.#changed.fire(shown.uri);
  }

  // ---- the two cursors

  async #activated(editor: vscode.TextEditor | undefined): Promise<void> {
    const shown = this.#shown;
    const follows = vscode.workspace.getConfiguration("tova").get("preview.follow", true);
    if (shown && follows && editor?.document.languageId === "tova" && editor.document !== shown.source) {
      shown.source = editor.document;
      shown.pinned = false;
      await this.#subscribe(shown, undefined, editor.selection.active);
    }
  }

  /** The editor takes a new text line by line, and a mark within does not stay where it was. */
  #changedText(document: vscode.TextDocument): void {
    const active = vscode.window.activeTextEditor;
    if (active && document.uri.toString() === this.#shown?.uri.toString()) {
      this.#follow(active);
    }
  }

  #follow(editor: vscode.TextEditor): void {
    this.#waiting = editor;
    if (!this.#mapping) {
      void this.#mapWaiting();
    }
  }

  async #mapWaiting(): Promise<void> {
    this.#mapping = true;
    while (this.#waiting) {
      const editor = this.#waiting;
      this.#waiting = undefined;
      await this.#map(editor).catch(() => undefined); // the server has gone, or does not know the text any more
    }
    this.#mapping = false;
  }

  async #map(editor: vscode.TextEditor): Promise<void> {
    const shown = this.#shown;
    const client = this.server.client;
    if (!shown || shown.id === undefined || !client || editor !== vscode.window.activeTextEditor) {
      return;
    }
    const fromSource = editor.document === shown.source;
    if (!fromSource && editor.document.uri.toString() !== shown.uri.toString()) {
      return;
    }
    const { start, end } = editor.selection;
    const { places } = await client.sendRequest<{ places: MappedPlace[] }>("tova/mapPosition", {
      textDocument: { uri: shown.source.uri.toString() },
      range: client.code2ProtocolConverter.asRange(new vscode.Range(start, end)),
      to: fromSource ? "output" : "source",
      ...(fromSource ? {} : { output: shown.output }),
    });
    if (this.#waiting === undefined && this.#shown === shown) {
      await this.#arrive(shown, places, fromSource);
    }
  }

  async #arrive(shown: Shown, places: MappedPlace[], fromSource: boolean): Promise<void> {
    if (!fromSource) {
      const place = places.find((other) => other.uri === undefined || vscode.Uri.parse(other.uri).toString() === shown.source.uri.toString());
      return place && this.#reveal(shown.source.uri, place);
    }
    const follows = vscode.workspace.getConfiguration("tova").get("preview.follow", true);
    const first = places[0];
    if (first?.output && first.output !== shown.output && follows && !shown.pinned) {
      return this.#subscribe(shown, first.output);
    }
    const place = places.find((other) => other.output === shown.output);
    if (place) {
      this.#reveal(shown.uri, place);
    }
  }

  #reveal(uri: vscode.Uri, { range: { start, end } }: MappedPlace): void {
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() === uri.toString()) {
        editor.setDecorations(this.#mark, [visible(editor.document, range)]);
        editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      } else {
        editor.setDecorations(this.#mark, []);
      }
    }
  }

  #closed(tabs: readonly vscode.Tab[]): void {
    const shown = this.#shown?.uri.toString();
    if (shown !== undefined && tabs.some((tab) => uriOf(tab)?.toString() === shown)) {
      void this.#unsubscribe();
      this.#shown = undefined;
      for (const editor of vscode.window.visibleTextEditors) {
        editor.setDecorations(this.#mark, []);
      }
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#mark, this.#changed).dispose();
  }
}

function uriOf({ input }: vscode.Tab): vscode.Uri | undefined {
  return input instanceof vscode.TabInputText ? input.uri : undefined;
}

/** What is marked for a range: a place between two letters would be a line that nobody sees. */
function visible(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
  const { start, isEmpty } = document.validateRange(range);
  return isEmpty ? document.getWordRangeAtPosition(start) ?? document.lineAt(start).range : range;
}
