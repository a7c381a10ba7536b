export class Item {
  constructor(id, name, tags) {
    this.id = id;
    this.name = name;
    this.tags = tags;
  }
}
