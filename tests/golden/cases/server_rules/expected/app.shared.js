import { refined } from "./runtime/derive.js";

export const Age = refined("Age", (it) => Number.isInteger(it) && it >= 0 && it < 150);

export class Person {
  constructor(name, mail, age = 0, kind = "guest") {
    this.name = name;
    this.mail = mail;
    this.age = Age(age);
    this.kind = kind;
  }
}
