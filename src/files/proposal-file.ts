import type { z } from "zod";
import { proposalHeader, type Proposal, type ProposalHeader } from "../bank/proposal.ts";
import { lineOfKey, readFrontMatter, writeFrontMatter } from "./front-matter.ts";
import { decodeText } from "./read-file.ts";

export type ParsedProposal =
  | { readonly status: "read"; readonly proposal: Proposal; readonly text: string; readonly bodyStart: number }
  | { readonly status: "unreadable"; readonly line: number; readonly reason: string };

const ENCODER = new TextEncoder();

/**
 * The bytes of a proposal file: front matter, an empty line, the draft, a line feed. The empty line and the last line
 * feed are the file's and not the draft's, so a draft comes back exactly, and editors that end files with a line feed
 * change nothing.
 */
export function formatProposal({ header, body }: Proposal): Uint8Array {
  return ENCODER.encode(writeFrontMatter(header, `\n${body}\n`));
}

/** Reads what {@link formatProposal} wrote, also after an editor gave it a BOM or other line ends. Never throws. */
export function parseProposal(bytes: Uint8Array): ParsedProposal {
  const text = decodeText(bytes);
  if (text === undefined) return { status: "unreadable", line: 1, reason: "it is not UTF-8" };
  const matter = readFrontMatter(text);
  if (matter.status === "none") return { status: "unreadable", line: 1, reason: "it has no front matter" };
  if (matter.status === "invalid") return { status: "unreadable", line: matter.line, reason: matter.reason };
  const header = proposalHeader.safeParse(matter.data);
  if (!header.success) return { status: "unreadable", ...firstIssue(text, header.error) };
  return {
    status: "read",
    proposal: { header: header.data, body: bodyOf(matter.body) },
    text,
    bodyStart: matter.bodyStart,
  };
}

/** The same file with another header: BOM, line ends and every byte of the body stay. */
export function replaceHeader(parsed: ParsedProposal & { status: "read" }, header: ProposalHeader): Uint8Array {
  const { text, bodyStart } = parsed;
  const bom = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const eol = /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n";
  const matter = writeFrontMatter(proposalHeader.parse(header), "").replaceAll("\n", eol);
  return ENCODER.encode(bom + matter + text.slice(bodyStart));
}

function bodyOf(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/^\n/, "").replace(/\n$/, "");
}

function firstIssue(text: string, { issues }: z.ZodError): { readonly line: number; readonly reason: string } {
  const [issue] = issues;
  const path = issue?.path.join(".") ?? "";
  const reason = `${path === "" ? "front matter" : path}: ${issue?.message ?? "not as expected"}`;
  return { line: lineOfKey(text, String(issue?.path[0] ?? "")), reason };
}
