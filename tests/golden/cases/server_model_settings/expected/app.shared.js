import { refined } from "./runtime/derive.js";
import { method } from "./runtime/methods.js";
import { contains } from "./runtime/core.js";

export const Admin = Object.freeze({ __tag: "Admin" });
export const Viewer = Object.freeze({ __tag: "Viewer" });
export const Guest = (until) => ({ __tag: "Guest", until });

export const Email = refined("Email", (it) =>
  typeof it === "string" && method(it, "contains", contains)("@"),
);

export class User {
  constructor(id, name, email, age = 3, role = Viewer, nick) {
    this.id = id;
    this.name = name;
    this.email = Email(email);
    this.age = age;
    this.role = role;
    this.nick = nick;
  }

  label() {
    return `${this.name} <${this.email}>`;
  }
}
