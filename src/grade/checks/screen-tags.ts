/** A tag, by the name it has. */
const TAG = /<(\/?)([a-z][a-z0-9_-]{0,40})[^<>]{0,80}>/g;

/** Names that a request might mark its data with: an end of one of these, with no beginning before it, wants to break out. */
const OF_REQUESTS =
  /(?:^|[_-])(?:answer|candidate|student|submission|response|request|untrusted|data|input|segment|user|document|context|question|rubric|criteria|system|instruction|prompt|task|message)s?(?:$|[_-])/;

/** Where a text ends what it never began. Text in lower case; offsets are into it. */
export function* strayClosings(text: string): Generator<{ readonly start: number; readonly end: number }> {
  const open = new Map<string, number>();
  for (const { index, 0: tag, 1: slash, 2: name = "" } of text.matchAll(TAG)) {
    const count = open.get(name) ?? 0;
    if (slash === "") open.set(name, count + 1);
    else if (count > 0) open.set(name, count - 1);
    else if (OF_REQUESTS.test(name)) yield { start: index, end: index + tag.length };
  }
}
