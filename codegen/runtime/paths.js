/**
 * Builtin functions over paths as texts, by the rules of the machine; pathResolve alone asks where the
 * program works. Nothing here touches the disk.
 */
import { basename, dirname, extname, join, relative, resolve } from "node:path";

export const pathJoin = (...parts) => join(...parts);
export const pathDirname = (path) => dirname(path);
export const pathBasename = (path, ending) => basename(path, ending ?? undefined);
export const pathResolve = (...parts) => resolve(...parts);
export const pathExt = (path) => extname(path);
export const pathRelative = (from, to) => relative(from, to);

export {
  pathBasename as path_basename, pathDirname as path_dirname, pathExt as path_ext, pathJoin as path_join,
  pathRelative as path_relative, pathResolve as path_resolve,
};
