// A process that starts on the profile in argv[2] as a host does, says on stdout what it became, and stays if it owns it.
import { becomeOwner } from "./owner.ts";

const outcome = await becomeOwner(process.argv[2] ?? "", () =>
    Promise.resolve({ kind: "link", link: `http://127.0.0.1:1/${process.pid}` }),
);
console.log(outcome === null ? "nothing" : outcome.kind);
if (outcome?.kind === "owner") setInterval(() => undefined, 1000);
