import { slugify } from "./runtime/texts_case.js";

export function slug(title) {
  return slugify(title);
}
