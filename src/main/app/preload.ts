import { ipcRenderer } from "electron";

// Hands one port over and knows no procedure. The window takes it from its own origin.
const { port1, port2 } = new MessageChannel();
ipcRenderer.postMessage("hearth:port", null, [port1]);
window.addEventListener("DOMContentLoaded", () => window.postMessage("hearth:port", window.location.origin, [port2]), {
    once: true,
});
