export class Post {
  constructor(id, title) {
    this.id = id;
    this.title = title;
  }
}
