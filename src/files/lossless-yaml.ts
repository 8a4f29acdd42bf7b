import { boolJsonTag, defineScalarTag, FAILSAFE_SCHEMA, loadAll, NOT_RESOLVED, YAMLException } from "js-yaml";

/**
 * The scalars we read: strings, `true`, `false`, and numbers whose text is exactly how JavaScript prints them. `12` and
 * `0.5` are numbers; `010`, `1.10`, `1e3`, `0x1F`, `no`, `~`, dates and everything else stay the strings they are, so
 * no value loses its spelling on the way. Where a schema wants a string and finds a number, it refuses; nothing is
 * turned into another type unseen.
 */
const number = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: true,
  implicitFirstChars: Array.from("-0123456789"),
  resolve: (source) => {
    const value = Number(source);
    return Number.isFinite(value) && String(value) === source ? value : NOT_RESOLVED;
  },
  identify: (value) => typeof value === "number",
  represent: String,
});

const LOSSLESS_SCHEMA = FAILSAFE_SCHEMA.withTags(boolJsonTag, number);
const DEEPEST = 32;

/**
 * One YAML document; undefined if there is nothing but blanks and comments. Aliases, tags and repeated keys are refused.
 *
 * @throws YAMLException
 */
export function parseYaml(text: string): unknown {
  const [document, second] = loadAll(text, { schema: LOSSLESS_SCHEMA, maxAliases: 0, maxDepth: DEEPEST });
  if (second !== undefined) throw new YAMLException("more than one document");
  return document;
}
