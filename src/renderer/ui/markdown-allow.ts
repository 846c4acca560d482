import type { ExtraProps } from "react-markdown";
import { toAddress } from "./markdown-address.ts";
import { DEPTH_LIMIT } from "./markdown-limits.ts";
import { showControls } from "./show-controls.ts";
import { markdownWords } from "../words/markdown.ts";

type Element = NonNullable<ExtraProps["node"]>;
type Content = Element["children"][number];
/** Raw HTML, as remark-rehype hands it on; its type is not part of hast. */
type Node = Content | { type: "raw"; value: string } | { type: "doctype" };

const NONE: readonly string[] = [];
/** Every element an answer may become, with the properties it may keep. What is not here is unwrapped. */
const ALLOWED = new Map<string, readonly string[]>([
    ...["p", "ul", "li", "blockquote", "hr", "br", "em", "strong", "del", "sup", "pre"].map(
        (tag) => [tag, NONE] as const,
    ),
    ...["table", "thead", "tbody", "tr"].map((tag) => [tag, NONE] as const),
    ["ol", ["start"]],
    ["th", ["align"]],
    ["td", ["align"]],
    ["code", ["className"]],
    ["a", ["href"]],
    ["input", ["type", "checked", "disabled"]],
]);
/** The screen has its h1 and the messages their h2. Models begin with any level, so an answer has two of its own. */
const HEADINGS = new Map([
    ["h1", "h3"],
    ["h2", "h3"],
    ["h3", "h3"],
    ["h4", "h4"],
    ["h5", "h4"],
    ["h6", "h4"],
]);

/**
 * A rehype plugin, and the gate everything a model writes passes: only known elements and properties, only http and
 * https links, pictures as links, HTML as its own source, hidden characters written out, nesting cut at DEPTH_LIMIT.
 */
export function allowOnly() {
    return (tree: { children: Node[] }): void => {
        tree.children = tree.children.flatMap((child) => pass(child, { depth: 0, isInLink: false }));
    };
}

function pass(node: Node, { depth, isInLink }: { depth: number; isInLink: boolean }): Content[] {
    if (node.type === "text" || node.type === "raw") return [text(showControls(node.value))];
    if (node.type !== "element") return [];
    if (depth > DEPTH_LIMIT) return [text(showControls(textOf(node)))];
    if (node.tagName === "img") return picture(node, isInLink);
    // Code keeps its characters: its component shows the hidden ones and copies the true ones.
    if (node.tagName === "pre") return [{ ...node, properties: {}, children: node.children }];
    const below = { depth: depth + 1, isInLink: isInLink || node.tagName === "a" };
    const children = node.children.flatMap((child) => pass(child, below));
    const heading = HEADINGS.get(node.tagName);
    if (heading) return [{ type: "element", tagName: heading, properties: {}, children }];
    const allowed = ALLOWED.get(node.tagName);
    if (!allowed) return children;
    if (node.tagName === "input") return [{ ...node, properties: checkbox(node), children: [] }];
    if (node.tagName === "a") return isInLink ? children : link(node.properties["href"], children);
    const properties = Object.fromEntries(Object.entries(node.properties).filter(([name]) => allowed.includes(name)));
    return [{ type: "element", tagName: node.tagName, properties, children }];
}

function link(href: unknown, children: Content[]): Content[] {
    const address = toAddress(href);
    return address ? [{ type: "element", tagName: "a", properties: { href: address.href }, children }] : children;
}

function picture(node: Element, isInLink: boolean): Content[] {
    const description = node.properties["alt"];
    const label = text(markdownWords.picture(showControls(typeof description === "string" ? description : "")));
    return isInLink ? [label] : link(node.properties["src"], [label]);
}

function checkbox(node: Element): Element["properties"] {
    return { type: "checkbox", disabled: true, checked: node.properties["checked"] === true };
}

/** Without recursion: this is for what is nested too deep. */
function textOf(node: Element): string {
    const rest: Node[] = [node];
    let found = "";
    for (let next = rest.pop(); next; next = rest.pop()) {
        if (next.type === "text" || next.type === "raw") found += next.value;
        else if (next.type === "element") rest.push(...next.children.toReversed());
    }
    return found;
}

function text(value: string): Content {
    return { type: "text", value };
}
