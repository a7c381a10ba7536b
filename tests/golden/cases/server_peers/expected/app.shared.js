export class Order {
  constructor(id, text) {
    this.id = id;
    this.text = text;
  }
}
