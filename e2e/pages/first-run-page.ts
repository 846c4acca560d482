import type { Page } from "@playwright/test";

/** The first screen, as the reader uses it. Counts what the reader had to decide and press. */
export class FirstRunPage {
    readonly page: Page;
    constructor(page: Page) {
        this.page = page;
    }

    /** The scan and the probe take their time where all cores are busy; the page itself gives up on the probe after 8 s. */
    plan = () => this.lookAround().waitFor({ timeout: 20_000 });
    heading = () => this.page.getByRole("heading", { level: 1 });
    pick = () => this.page.getByRole("region", { name: "Our pick for this computer" });
    tryPractice = () => this.page.getByRole("button", { name: "Try the practice model" });
    lookAround = () => this.page.getByRole("button", { name: /Let me look around/ });
}
