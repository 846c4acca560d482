import { dialog, shell } from "electron";
import { beforeEach, expect, it, vi } from "vitest";
import { openExternal } from "./open-external.ts";
import { leaveToOther } from "./second-shell.ts";

vi.mock("electron", () => ({
    shell: { openExternal: vi.fn() },
    dialog: { showMessageBox: vi.fn() },
}));

const opened = vi.mocked(shell.openExternal);
beforeEach(() => {
    vi.resetAllMocks();
    opened.mockResolvedValue();
});

it.each([
    ["https://example.org", "https://example.org/"],
    ["http://127.0.0.1:5170/enter?key=abc", "http://127.0.0.1:5170/enter?key=abc"],
    ["https://EXAMPLE.org/a b", "https://example.org/a%20b"],
])("%s reaches the system, as the browser would write it", async (address, href) => {
    await openExternal(address);
    expect(opened.mock.calls).toEqual([[href]]);
});

it.each([
    "file:///etc/passwd",
    "javascript:alert(1)",
    "ms-msdt:/id PCWDiagnostic",
    "smb://host/share",
    "mailto:a@example.org",
    "https://your-bank.example@evil.example/",
    `https://example.org/${"a".repeat(2048)}`,
    "no address",
    "",
])("%s does not (bar B8)", async (address) => {
    await openExternal(address);
    expect(opened).not.toHaveBeenCalled();
    expect(dialog.showMessageBox).not.toHaveBeenCalled();
});

it("says so where no program takes the address", async () => {
    opened.mockRejectedValue(new Error("no browser"));
    await openExternal("https://example.org");
    expect(vi.mocked(dialog.showMessageBox).mock.calls[0]).toMatchObject([{ type: "warning" }]);
});

it("a start beside the web host shows its link, and opens it for the button only", async () => {
    const link = "http://127.0.0.1:5170/enter?key=abc";
    const ask = vi.mocked(dialog.showMessageBox);
    ask.mockResolvedValueOnce({ response: 1, checkboxChecked: false });
    await leaveToOther({ kind: "link", link });
    expect(ask.mock.calls[0]).toMatchObject([{ detail: expect.stringContaining(link) as string }]);
    expect(opened).not.toHaveBeenCalled();
    ask.mockResolvedValueOnce({ response: 0, checkboxChecked: false });
    await leaveToOther({ kind: "link", link });
    expect(opened.mock.calls).toEqual([[link]]);
});

it("a start beside a window, which came to the front by itself, asks nothing", async () => {
    await leaveToOther({ kind: "window" });
    expect(dialog.showMessageBox).not.toHaveBeenCalled();
});
