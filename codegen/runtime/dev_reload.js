/**
 * Reloads pages in development: a page holds a stream of events open and loads itself anew when
 * the server says so, or when it comes back as another process. Production never sees any of it.
 */

export const RELOAD_PATH = "/__tova/reload";

/** Goes into the page; text without anything from outside. */
export const RELOAD_MARKUP = `<script type="module">
let process;
const events = new EventSource(${JSON.stringify(RELOAD_PATH)});
events.addEventListener("process", ({ data }) => {
  if (process !== undefined && process !== data) location.reload();
  process = data;
});
events.addEventListener("reload", () => location.reload());
</script>
`;

export class Reloader {
  #streams = new Set();
  #encoder = new TextEncoder();

  /** @returns {Response} a stream for one page */
  connect() {
    let stream;
    const body = new ReadableStream({
      start: (controller) => {
        stream = controller;
        this.#streams.add(stream);
        stream.enqueue(this.#encoder.encode(`retry: 200\nevent: process\ndata: ${process.pid}-${performance.timeOrigin}\n\n`));
      },
      cancel: () => {
        this.#streams.delete(stream);
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" } });
  }

  reload() {
    for (const stream of this.#streams) stream.enqueue(this.#encoder.encode("event: reload\ndata:\n\n"));
  }

  close() {
    for (const stream of this.#streams) stream.close();
    this.#streams.clear();
  }
}
