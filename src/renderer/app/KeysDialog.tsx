import { Dialog } from "../ui/Dialog.tsx";
import { words } from "../words/words.ts";
import type { KeyHint } from "./commands.ts";
import styles from "./KeysDialog.module.css";

/** The keys of this window, from the same list that runs them. */
export const KeysDialog = ({ keys, onClose }: { keys: KeyHint[]; onClose: () => void }) => (
    <Dialog title={words.frame.keys} onClose={onClose}>
        <dl className={styles.keys}>
            {keys.map((key) => (
                <div key={key.id}>
                    <dt>{key.words}</dt>
                    <dd>
                        <kbd>{key.keys}</kbd>
                    </dd>
                </div>
            ))}
        </dl>
    </Dialog>
);
