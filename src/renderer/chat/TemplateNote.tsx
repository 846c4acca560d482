import type { EngineState } from "#shared/schema/engine.ts";
import { chatWords } from "../words/chat.ts";
import styles from "./Message.module.css";

/** That the model's own chat template is not used, and why. Nothing to press: the model answers. */
export function TemplateNote({ engine }: { engine: EngineState | undefined }) {
    const { template } = engine ?? {};
    if (!template?.problem) return null;
    return (
        <div className={styles.note} data-kind="stopped" role="status">
            <span className={styles.noteText}>{chatWords.templateLeftOut(template.problem, template.name)}</span>
        </div>
    );
}
