import { expect, type Page } from "@playwright/test";

/** The chat room, as the reader uses it. */
export class ChatPage {
    readonly page: Page;
    constructor(page: Page) {
        this.page = page;
    }

    composer = () => this.page.getByRole("textbox", { name: "Your message" });
    suggestions = () => this.page.getByRole("list", { name: "Try one of these" }).getByRole("button");
    transcript = () => this.page.getByRole("log", { name: "Messages" });
    /** What the model wrote last, without what the window says about it. */
    answer = () => this.page.locator("article[data-state] > div[dir=auto]").last();
    send = () => this.page.getByRole("button", { name: "Send" });
    stop = () => this.page.getByRole("button", { name: "Stop", exact: true });
    /** Shown once an answer has ended: its speed. */
    speed = () => this.page.getByText(/\d+ words\/s/).last();
    /** What the model in the header is doing. */
    phase = (words: string) => this.page.getByRole("button", { name: new RegExp(`${words}$`) });
    copy = () => this.page.getByRole("button", { name: "Copy answer" });

    /** Asks, and waits until so many characters of the answer stand there, while it is still being written. */
    async askUntil(text: string, characters: number): Promise<void> {
        await this.ask(text);
        await expect
            .poll(async () => (await this.transcript().innerText()).length, { timeout: 30_000 })
            .toBeGreaterThan(text.length + characters);
    }

    async ask(text: string): Promise<void> {
        await this.composer().fill(text);
        await this.composer().press("Enter");
    }
}
