export class Note {
  constructor(id, text) {
    this.id = id;
    this.text = text;
  }
}

export const LIMIT = 5;
