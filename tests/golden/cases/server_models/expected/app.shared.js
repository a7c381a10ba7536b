export class Book {
  constructor(id, title, pages, tags, note) {
    this.id = id;
    this.title = title;
    this.pages = pages;
    this.tags = tags;
    this.note = note;
  }
}
