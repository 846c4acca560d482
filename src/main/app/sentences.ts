/** The few sentences that the shell says by the system's own boxes, where there is no window to say them in. */
export const sentences = {
    takenByBrowser: {
        message: "Hearth is open already, in your browser",
        detail: (link: string) => `One Hearth at a time has your chats. This link leads to it, once:\n${link}`,
        open: "Open it in the browser",
        close: "Close",
    },
    notStarted: "Hearth could not start",
    lostWindow: {
        title: "Hearth's window closed three times in a row",
        text: "Your chats are safe. Please start Hearth again.",
    },
    notOpened: {
        message: "The address was not opened",
        detail: (address: string) =>
            `No program on this computer took it. Its button "Copy address" still works:\n${address}`,
    },
} as const;
