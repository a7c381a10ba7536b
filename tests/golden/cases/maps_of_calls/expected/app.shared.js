export class Counted {
  constructor(title, counts) {
    this.title = title;
    this.counts = counts;
  }
}
