import { flag, when } from "./lint-structure.ts";
import type { LintRule } from "./lint.ts";

// What leads out of the answer: addresses, images, commands, sources. Allowed where the question or a passage has it.

const URL = /\b(?:https?:\/\/|www\.|mailto:|ftp:\/\/)[^\s<>()"'`\]]{1,500}/gi;
const RESERVED_HOST =
  /^(?:https?:\/\/)?(?:[a-z0-9-]{1,63}\.){0,4}(?:localhost|127\.0\.0\.1|0\.0\.0\.0|example\.(?:com|org|net)|[a-z0-9-]{1,63}\.(?:example|test|invalid|local))(?=[:/?#]|$)/i;
const INSTALL =
  /\b(?:pip3?|npm|pnpm|yarn|npx|conda|apt|apt-get|brew|gem|cargo|go|docker)[ \t]+(?:install|i|add|get|pull|run)[ \t]+(?:-{1,2}[a-z-]{1,30}[ \t]+){0,4}([@a-z0-9][\w./@-]{1,100})/gi;
const PIPED_SHELL = /\b(?:curl|wget)\b[^\n|]{0,300}\|[ \t]{0,4}(?:sudo[ \t]+)?(?:ba|z)?sh\b/i;
const VAGUE_SOURCE =
  /\b(?:according to (?:a|an|the|some|recent) [^.\n]{0,40}?(?:study|studies|paper|report|survey|research|article|documentation)|(?:studies|research|surveys|experts|reports) (?:show|suggest|indicate|found|agree)|et al\.|arxiv|doi\.org)/i;

export const linkRules: readonly LintRule[] = [
  ({ prose }) =>
    when(/!\[[^\]\n]{0,300}\]\(/.test(prose), flag("image", "the answer shows an image; describe it in words")),
  ({ answer, given }) => {
    const unknown = [...answer.matchAll(URL)]
      .map((match) => match[0].replace(/[.,;:!?*_]{1,5}$/, ""))
      .find((url) => !given.includes(url) && !RESERVED_HOST.test(url));
    return when(
      unknown !== undefined,
      flag("unknown-url", "the address is in no supplied passage; remove it", unknown),
    );
  },
  ({ answer, given }) => {
    const installs = [...answer.matchAll(INSTALL)]
      .filter((match) => !given.includes(match[1] ?? ""))
      .map((match) => match[0]);
    const unknown = PIPED_SHELL.exec(answer)?.[0] ?? installs[0];
    const message = "a command installs or runs something that no supplied passage names; check it or remove it";
    return when(unknown !== undefined, flag("unknown-command", message, unknown));
  },
  ({ sourcesCited, passages }) => {
    const unknown = sourcesCited.find((id) => !passages.some((passage) => passage.id === id));
    return when(unknown !== undefined, flag("unknown-passage", "a cited passage was not supplied"));
  },
  ({ prose, given }) => {
    const found = VAGUE_SOURCE.exec(prose)?.[0];
    const isGiven = found !== undefined && given.toLowerCase().includes(found.toLowerCase());
    const message = "the answer claims a source that was not supplied; state the fact without it or remove it";
    return when(found !== undefined && !isGiven, flag("unnamed-source", message, found));
  },
];
