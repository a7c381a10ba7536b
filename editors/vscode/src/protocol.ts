// The daemon's own messages (PROTOCOL.md at the root of the repository), as types.
import type { Range, TextEdit } from "vscode-languageclient";

export interface Document {
  uri: string;
}

export interface Output {
  name: string;
  label: string;
  broken: boolean;
}

export interface Preview {
  output: { name: string; label: string };
  outputs: Output[];
  text: string;
  languageId: string;
  version: number;
}

export interface Subscription {
  id: number | string;
  preview: Preview;
}

export interface PreviewChange {
  id: number | string;
  closed?: boolean;
  version?: number;
  output?: { name: string; label: string };
  outputs?: Output[];
  edits?: TextEdit[];
}

export interface MappedPlace {
  uri?: string;
  output?: string;
  range: Range;
}

export interface Compiled {
  uri: string;
  written: string[];
  kept: string[];
  removed?: string[];
  milliseconds: number;
  errors: number;
}

export interface Endpoint {
  name: string;
  kind: "rpc" | "route" | "socket";
  method: string;
  path: string;
  uri: string;
  range: Range;
  selectionRange: Range;
  parameters: { name: string; type: string; optional: boolean }[];
  returns: string;
  guards: string[];
  callers: number;
  curl: string;
  fetch: string;
}

export interface EndpointServer {
  name: string;
  label: string;
  port: number;
  variable: string;
  output: string;
  endpoints: Endpoint[];
}

export interface Endpoints {
  packages: { uri: string; name: string; servers: EndpointServer[] }[];
}

export interface ServerStatus {
  health: "ok" | "warning" | "error";
  quiescent: boolean;
  message?: string;
}

export interface MemoryNode {
  name: string;
  bytes: number;
  children?: MemoryNode[];
}
