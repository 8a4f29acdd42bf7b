/** The lines of a stream of text, each as soon as it is whole. Blank ones are left out. */
export async function* lines(stream: ReadableStream<Uint8Array>): AsyncIterable<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const whole = (rest + (value === undefined ? "" : decoder.decode(value, { stream: true }))).split("\n");
    rest = whole.pop() ?? "";
    yield* whole.filter((line) => line.trim() !== "");
    if (done) return;
  }
}
