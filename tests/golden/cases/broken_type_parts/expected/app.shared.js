// Not emitted: a statement with syntax errors (main.tova, line 4).

export class Page {
  constructor(id, text) {
    this.id = id;
    this.text = text;
  }
}

// Not emitted: a statement with syntax errors (main.tova, line 15).
