import type * as Plot from "@observablehq/plot";
import { element, type Html, type HtmlValue } from "./html.ts";

/** Draws charts as inline SVG with colours from the page, so that they follow its colour scheme. */
export interface Drawing {
  readonly plot: typeof Plot;
  /** `label` says in words what the chart shows. The same options give the same bytes. */
  readonly svg: (label: string, options: Plot.PlotOptions) => Html;
}

/** Loads the chart library, which no other command needs. */
export async function startDrawing(): Promise<Drawing> {
  const [plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return {
    plot,
    svg: (label, options) => rootOf(plot.plot({ document, ...options }), label),
  };
}

interface SvgNode {
  readonly nodeType: number;
  readonly localName: string;
  readonly textContent: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly childNodes: Iterable<SvgNode>;
}

const ELEMENT = 1;
const TEXT = 3;

function rootOf(svg: SvgNode, label: string): Html {
  const own = attributesOf(svg);
  const attributes = new Map([
    ["class", "chart"],
    ["role", "img"],
    ["aria-label", label],
    ...["viewBox", "width", "height", "text-anchor", "font-size", "fill"].flatMap((name) => {
      const value = own.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  ]);
  return element("svg", attributes, childrenOf(svg));
}

function childrenOf(node: SvgNode): HtmlValue {
  return Array.from(node.childNodes).flatMap((child): readonly HtmlValue[] => {
    if (child.nodeType === TEXT) return [child.textContent];
    // The style sheet of the page stands in for the chart's own, which its policy would refuse.
    if (child.nodeType !== ELEMENT || child.localName === "style") return [];
    return [element(child.localName, attributesOf(child), childrenOf(child))];
  });
}

function attributesOf(node: SvgNode): Map<string, string> {
  const kept = Array.from(node.attributes).filter(
    ({ name }) => !name.startsWith("aria-") && name !== "style" && name !== "class",
  );
  return new Map(kept.map(({ name, value }) => [name, value.replace(/\d+\.\d{3,}/g, twoPlaces)]));
}

function twoPlaces(number: string): string {
  return String(Number(Number(number).toFixed(2)));
}
