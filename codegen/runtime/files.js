/**
 * Builtin functions over files and folders, and `fs`, the same under one name. They wait for the disk
 * where they stand. What can fail is a Result whose Err is the system's message.
 */
import {
  appendFileSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync,
  rmSync, statSync, symlinkSync, writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { tryFn } from "./outcomes.js";

export const exists = (path) => existsSync(path);
export const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
export const isDir = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
export const isSymlink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/** @param {string} [folder] @param {{ full?: boolean }} [options] */
export function ls(folder = ".", options) {
  const names = readdirSync(folder).sort();
  return options?.full ? names.map((name) => join(folder, name)) : names;
}

export const mkdir = (path) => tryFn(() => (mkdirSync(path, { recursive: true }), path));

/** @param {{ recursive?: boolean, force?: boolean }} [options] */
export function rm(path, options) {
  return tryFn(() => (rmSync(path, { recursive: options?.recursive === true, force: options?.force === true }), path));
}

/** @param {{ recursive?: boolean, force?: boolean }} [options] force: false keeps what is there */
export function cp(from, to, options) {
  return tryFn(() => (cpSync(from, to, { recursive: options?.recursive === true, force: options?.force !== false }), to));
}

export const mv = (from, to) => tryFn(() => (renameSync(from, to), to));

export const readText = (path, encoding = "utf-8") => tryFn(() => new TextDecoder(encoding).decode(readFileSync(path)));
export const readBytes = (path) => tryFn(() => readFileSync(path));

/** @param {{ append?: boolean }} [options] */
export function writeText(path, text, options) {
  return tryFn(() => ((options?.append ? appendFileSync : writeFileSync)(path, text), path));
}

/** @param {string} pattern * within a name, ** across folders @param {{ cwd?: string, dot?: boolean }} [options] */
export function globFiles(pattern, options) {
  const { cwd = ".", dot = false } = options ?? {};
  return [...new Bun.Glob(pattern).scanSync({ cwd, dot, onlyFiles: true })].sort();
}

export function fileStat(path) {
  return tryFn(() => {
    const link = lstatSync(path);
    const stat = link.isSymbolicLink() ? statSync(path) : link;
    return {
      size: stat.size,
      mode: stat.mode,
      mtime: stat.mtime,
      atime: stat.atime,
      isDir: stat.isDirectory(),
      isFile: stat.isFile(),
      isSymlink: link.isSymbolicLink(),
    };
  });
}

export const fileSize = (path) => tryFn(() => statSync(path).size);
export const symlink = (target, path) => tryFn(() => (symlinkSync(target, path), null));
export const readlink = (path) => tryFn(() => readlinkSync(path));

export {
  fileSize as file_size, fileStat as file_stat, globFiles as glob_files, isDir as is_dir, isFile as is_file,
  isSymlink as is_symlink, readBytes as read_bytes, readText as read_text, writeText as write_text,
};

export const fs = Object.freeze({
  exists, isFile, isDir, isSymlink, ls, mkdir, rm, cp, mv, readText, readBytes, writeText, globFiles, fileStat, fileSize,
  symlink, readlink, is_file: isFile, is_dir: isDir, is_symlink: isSymlink, read_text: readText, read_bytes: readBytes,
  write_text: writeText, glob_files: globFiles, file_stat: fileStat, file_size: fileSize,
});
