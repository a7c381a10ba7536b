// The tree of endpoints: servers, their functions and routes, and how many places call them.
import * as vscode from "vscode";
import { mayRun } from "./errors";
import type { Endpoint, Endpoints, EndpointServer } from "./protocol";
import type { Server } from "./server";

type Node = { server: EndpointServer; home: string } | { endpoint: Endpoint; server: EndpointServer };

class EndpointTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly server: Server) {}

  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) {
      return "endpoint" in node ? [] : node.server.endpoints.map((endpoint) => ({ endpoint, server: node.server }));
    }
    const answer = await this.server.client?.sendRequest<Endpoints>("tova/endpoints", {}).catch(() => undefined);
    return (answer?.packages ?? []).flatMap(({ name, servers }) => servers.map((server) => ({ server, home: name })));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return "endpoint" in node ? endpointItem(node) : serverItem(node);
  }
}

function serverItem({ server, home }: { server: EndpointServer; home: string }): vscode.TreeItem {
  const item = new vscode.TreeItem(server.label || server.name || "server", vscode.TreeItemCollapsibleState.Expanded);
  item.description = [`port ${server.port}`, home].filter(Boolean).join(" · ");
  item.iconPath = new vscode.ThemeIcon("server-process");
  item.contextValue = "tova.server";
  item.tooltip = `${server.output}\nport ${server.port}; the variable ${server.variable} sets another one`;
  return item;
}

function endpointItem(node: { endpoint: Endpoint }): vscode.TreeItem {
  const { endpoint } = node;
  const item = new vscode.TreeItem(endpoint.kind === "rpc" ? endpoint.name : `${endpoint.method} ${endpoint.path}`);
  const callers = `${endpoint.callers} caller${endpoint.callers === 1 ? "" : "s"}`;
  const called = endpoint.kind === "rpc" || endpoint.callers > 0;
  item.description = [endpoint.kind === "rpc" ? "" : endpoint.name, called ? callers : ""].filter(Boolean).join(" · ");
  item.accessibilityInformation = { label: `${endpoint.method} ${endpoint.path}, ${endpoint.name}, ${callers}` };
  item.iconPath = new vscode.ThemeIcon({ rpc: "symbol-method", route: "globe", socket: "radio-tower" }[endpoint.kind]);
  item.contextValue = endpoint.curl === "" ? "tova.socket" : "tova.endpoint"; // a socket is not tried by one request
  item.command = { command: "tova.endpoint.open", title: "Go to Endpoint", arguments: [node] };
  const parameters = endpoint.parameters.map(({ name, type, optional }) => `${name}${optional ? "?" : ""}${type ? `: ${type}` : ""}`);
  const lines = [`\`${endpoint.method} ${endpoint.path}\` · ${callers}`, `\`${endpoint.name}(${parameters.join(", ")})${endpoint.returns ? ` -> ${endpoint.returns}` : ""}\``];
  item.tooltip = new vscode.MarkdownString([...lines, ...endpoint.guards.map((guard) => `with \`${guard}\``)].join("\n\n"));
  return item;
}

export function registerEndpoints(server: Server): vscode.Disposable {
  const tree = new EndpointTree(server);
  const view = vscode.window.createTreeView("tova.endpoints", { treeDataProvider: tree, showCollapseAll: true });
  const of = (node: Node | undefined) => (node && "endpoint" in node ? node.endpoint : undefined);
  return vscode.Disposable.from(
    tree,
    view,
    server.onStarted(() => tree.refresh()),
    server.on("tova/endpointsChanged", () => tree.refresh()),
    vscode.commands.registerCommand("tova.endpoints.refresh", () => tree.refresh()),
    vscode.commands.registerCommand("tova.endpoints.show", () => vscode.commands.executeCommand("tova.endpoints.focus")),
    vscode.commands.registerCommand("tova.endpoint.open", async (node?: Node) => {
      const endpoint = of(node);
      if (endpoint) {
        const { start, end } = endpoint.selectionRange ?? endpoint.range;
        await vscode.window.showTextDocument(vscode.Uri.parse(endpoint.uri), {
          selection: new vscode.Range(start.line, start.character, end.line, end.character),
        });
      }
    }),
    vscode.commands.registerCommand("tova.endpoint.copyCurl", async (node?: Node) => {
      const endpoint = of(node);
      if (endpoint) {
        await vscode.env.clipboard.writeText(endpoint.curl);
        vscode.window.setStatusBarMessage(`Copied: ${endpoint.curl}`, 4000);
      }
    }),
    vscode.commands.registerCommand("tova.endpoint.try", (node?: Node) => {
      const endpoint = of(node);
      if (endpoint && mayRun()) {
        const name = "Tova requests";
        const terminal = vscode.window.terminals.find((other) => other.name === name) ?? vscode.window.createTerminal(name);
        terminal.show(true);
        // The line is put there, and the user sends it: it may change what the server holds.
        terminal.sendText(endpoint.curl, endpoint.method === "GET");
      }
    }),
  );
}
