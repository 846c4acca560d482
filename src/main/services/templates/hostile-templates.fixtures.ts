/** Chat templates that mean harm, of our own making: security.md measured what such do to a bare loader. */
import type { TemplateProblem } from "#shared/schema/prompt.ts";

/** Looks like ChatML to who only reads it, so that a family is known. */
const chatMl = "{# <|im_start|> #}";
const rounds = (depth: number, range: string): string =>
    `${Array.from({ length: depth }, (_, level) => `{% for i${level} in range(${range}) %}`).join("")}x${"{% endfor %}".repeat(depth)}`;
const doubling = (times: number, text: string) =>
    `{% set ns = namespace(t='${text}') %}{% for i in range(${times}) %}{% set ns.t = ns.t + ns.t %}{% endfor %}{{ ns.t }}`;
const deep = (depth: number) => `{{ ${"(".repeat(depth)}1${")".repeat(depth)} }}`;

/** What each must come to; where either may happen first, both. */
export const hostileTemplates: [name: string, template: string, problems: TemplateProblem[]][] = [
    ["one endless loop", rounds(1, "2000000000"), ["too-slow", "too-much-memory", "crashed"]],
    [
        "a loop over a list that fills memory",
        rounds(1, "900000000"),
        ["too-slow", "too-much-memory", "crashed", "error"],
    ],
    ["nested loops", rounds(5, "1000"), ["too-slow", "too-much-memory"]],
    ["a thousand loops in a row", rounds(1, "1000000").repeat(1000), ["too-slow", "too-much-memory"]],
    ["text that doubles without end", doubling(60, "abc"), ["too-slow", "too-much-memory", "error", "crashed"]],
    ["text that doubles to many megabytes", doubling(24, "abcdefgh"), ["too-long", "too-slow", "too-much-memory"]],
    [
        "a list that doubles",
        "{% set ns = namespace(l=[1]) %}{% for i in range(40) %}{% set ns.l = ns.l + ns.l %}{% endfor %}{{ ns.l }}",
        ["too-slow", "too-much-memory", "error", "crashed"],
    ],
    ["fifty thousand brackets", deep(50_000), ["error", "crashed"]],
    [
        "ten thousand nested conditions",
        `${"{% if true %}".repeat(10_000)}x${"{% endif %}".repeat(10_000)}`,
        ["error", "crashed", "too-slow"],
    ],
    ["ten megabytes of text", "x".repeat(10 * 2 ** 20), ["too-long"]],
    ["two hundred kilobytes of tags", "{% if messages %}a{% endif %}".repeat(7000), ["too-slow", "error", "too-long"]],
    [
        "a conversation said a thousand times",
        "{% for i in range(1000) %}{% for m in messages %}{{ m.content }}{% endfor %}{% endfor %}" +
            "x".repeat(100_000),
        ["too-long", "too-slow"],
    ],
    ["an error of its own", "{{ raise_exception('no') }}", ["error"]],
    ["a broken tag", "{% for m in messages %}{{ m.content }", ["error"]],
    ["an unknown function", "{{ open('/etc/passwd') }}", ["error"]],
    ["the constructor of a constructor", "{{ ''.constructor.constructor('return process')().exit(7) }}", ["error"]],
    ["the prototype of an object", "{{ {}.__proto__.polluted(1) }}{{ messages.__proto__.push(1) }}", ["error"]],
    ["a filter that is none", "{{ messages | eval }}", ["error"]],
    [
        "macros that call each other",
        "{% macro a(n) %}{{ b(n) }}{% endmacro %}{% macro b(n) %}{{ a(n) }}{% endmacro %}{{ a(1) }}",
        ["error", "crashed", "too-slow"],
    ],
    ["none of the messages", "{{ '<|im_start|>' }}only my words{{ '<|im_end|>' }}", ["error"]],
];

export const withFamily = (template: string): string => `${chatMl}${template}`;
