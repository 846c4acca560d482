import { Dialog } from "../ui/Dialog.tsx";
import { words } from "../words/words.ts";
import type { Command } from "./commands.ts";
import styles from "./KeysDialog.module.css";

/** The keys of this window, from the same list that runs them. */
export const KeysDialog = ({ commands, onClose }: { commands: Command[]; onClose: () => void }) => (
    <Dialog title={words.frame.keys} onClose={onClose}>
        <dl className={styles.keys}>
            {commands.map((command) => (
                <div key={command.id}>
                    <dt>{command.words}</dt>
                    <dd>
                        <kbd>{command.keys}</kbd>
                    </dd>
                </div>
            ))}
        </dl>
    </Dialog>
);
