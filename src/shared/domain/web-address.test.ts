import { expect, it } from "vitest";
import { isWebAddress } from "./web-address.ts";

const href = (address: string) => new URL(address).href;

it.each([
    "https://example.org",
    "http://127.0.0.1:5170/enter?key=a@b",
    "https://example.org/@someone#a@b",
    "HTTPS://EXAMPLE.ORG\\path",
    "https://пример.рф/?q=шум",
    "https://[::1]/",
])("%s may be opened", (address) => expect(isWebAddress(href(address))).toBe(true));

it.each([
    "https://your-bank.example@evil.example/",
    "https://user:password@evil.example/",
    "https://:@evil.example\\@your-bank.example/".replace(":@", "a:@"),
    "file:///etc/passwd",
    "mailto:a@example.org",
    "javascript:alert(1)//https://example.org/",
    "data:text/html,https://example.org/",
    "ms-msdt:/id",
    "search-ms:query=a",
    "smb://host/share",
    "vscode://file/a",
    "app://bundle/index.html",
    `https://example.org/${"a".repeat(2048)}`,
])("%s may not", (address) => expect(isWebAddress(href(address))).toBe(false));
