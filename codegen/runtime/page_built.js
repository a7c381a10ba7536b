/**
 * What the modules of the pages were built to, where they were: bundle.js puts the answer in the place of this module.
 * @type {{ scripts: Record<string, string>, files: string[] } | null} by script the file to start; all files that pages load
 */
export const built = null;
