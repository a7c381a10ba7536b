export class Member {
  constructor(id, name, mail) {
    this.id = id;
    this.name = name;
    this.mail = mail;
  }
}
