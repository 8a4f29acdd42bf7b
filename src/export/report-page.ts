import { sha256Hex } from "../core/hash.ts";
import { html, type Html, inline, markupOf } from "./html.ts";

export interface Page {
  readonly title: string;
  readonly style: string;
  readonly script: string;
  readonly body: Html;
}

/**
 * A page that stands alone: nothing is loaded, nothing is sent, and no style or script runs but the two given here, by their
 * hashes.
 */
export function pageText({ title, style, script, body }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashSource(style)}'`,
    `script-src '${hashSource(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${policy}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>${title}</title>
      ${inline("style", style)}
    </head>
    <body>
      ${body} ${inline("script", script)}
    </body>
  </html> `;
  return `<!doctype html>\n${markupOf(page)}\n`;
}

function hashSource(text: string): string {
  const bytes = sha256Hex(text).match(/../g) ?? [];
  return `sha256-${btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))}`;
}
