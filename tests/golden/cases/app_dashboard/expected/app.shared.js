export class Job {
  constructor(id, title, state) {
    this.id = id;
    this.title = title;
    this.state = state;
  }
}

export class Notice {
  constructor(level, text) {
    this.level = level;
    this.text = text;
  }
}
