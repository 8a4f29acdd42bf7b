import type { ComponentChildren, JSX } from "preact";
import { visible } from "../../core/sanitise.ts";
import type { MarkdownNode } from "../api.ts";
import { safeLink } from "./safe-link.ts";
import { useTree } from "./use-tree.ts";

/** A draft as a reader of the bank will see it. Nothing in it is trusted: no HTML, no image, no link without its address. */
export function Markdown({ text }: { readonly text: string }): JSX.Element {
  const tree = useTree(text);
  if (tree === undefined) return <div class="markdown" aria-busy="true" />;
  if (tree === null) return <Source text={text} note="Not rendered, since it is too long or too deeply nested." />;
  return <MarkdownTree tree={tree} />;
}

export function MarkdownTree({ tree }: { readonly tree: readonly MarkdownNode[] }): JSX.Element {
  return <div class="markdown">{renderAll(tree)}</div>;
}

/** Text as it is, with what is hidden in it made visible. */
export function Source({ text, note }: { readonly text: string; readonly note?: string | undefined }): JSX.Element {
  return (
    <div class="noted">
      {note === undefined ? null : <p class="note">{note}</p>}
      <pre class="source" tabIndex={0}>
        <code>{visible(text)}</code>
      </pre>
    </div>
  );
}

function renderAll(nodes: readonly MarkdownNode[]): ComponentChildren {
  return nodes.map((node) => ("children" in node ? renderBranch(node) : renderLeaf(node)));
}

type Branch = Extract<MarkdownNode, { readonly children: unknown }>;

function renderBranch(node: Branch): JSX.Element {
  const inner = renderAll(node.children);
  switch (node.kind) {
    case "paragraph":
      return <p>{inner}</p>;
    case "heading":
      return <Heading level={node.level}>{inner}</Heading>;
    case "quote":
      return <blockquote>{inner}</blockquote>;
    case "list":
      return node.start === null ? <ul>{inner}</ul> : <ol start={node.start}>{inner}</ol>;
    case "item":
      return <li>{inner}</li>;
    case "emphasis":
      return <em>{inner}</em>;
    case "strong":
      return <strong>{inner}</strong>;
    case "link":
      return <DraftLink address={node.address}>{inner}</DraftLink>;
    default:
      return node satisfies never;
  }
}

function renderLeaf(node: Exclude<MarkdownNode, Branch>): ComponentChildren {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code-span":
      return <code>{node.text}</code>;
    case "html":
      return <code class="raw">{node.text}</code>;
    case "code":
      return <CodeBlock language={node.language} text={node.text} />;
    case "break":
      return <br />;
    case "rule":
      return <hr />;
    case "image":
      return <Pointer name={`image: ${node.alt}`} address={node.address} />;
    case "definition":
      return <Pointer name={`[${node.label}]:`} address={node.address} />;
    case "table":
      return <Table rows={node.rows} />;
    default:
      return node satisfies never;
  }
}

/** Below the page's own headings of level two. */
function Heading({ level, children }: { readonly level: number; readonly children: ComponentChildren }): JSX.Element {
  if (level === 1) return <h3>{children}</h3>;
  if (level === 2) return <h4>{children}</h4>;
  return level === 3 ? <h5>{children}</h5> : <h6>{children}</h6>;
}

export function CodeBlock({ language, text }: { readonly language: string; readonly text: string }): JSX.Element {
  return (
    <figure class="code">
      {language === "" ? null : <figcaption>{language}</figcaption>}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}

function DraftLink({
  address,
  children,
}: {
  readonly address: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const href = safeLink(address);
  return (
    <span class="link">
      {href === undefined ? (
        children
      ) : (
        <a href={href} target="_blank" rel="noopener noreferrer">
          {children}
        </a>
      )}{" "}
      <span class="address">({href ?? `not a link: ${visible(address)}`})</span>
    </span>
  );
}

/** What would load or lead somewhere, as text. */
function Pointer({ name, address }: { readonly name: string; readonly address: string }): JSX.Element {
  return (
    <span class="pointer">
      {visible(name)} <span class="address">({visible(address)})</span>
    </span>
  );
}

type TableNode = Extract<MarkdownNode, { readonly kind: "table" }>;

function Table({ rows }: Pick<TableNode, "rows">): JSX.Element {
  const [head, ...body] = rows;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Table">
      <table>
        <thead>
          <tr>
            {head?.map((cell) => (
              <th scope="col">{renderAll(cell)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row) => (
            <tr>
              {row.map((cell) => (
                <td>{renderAll(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
