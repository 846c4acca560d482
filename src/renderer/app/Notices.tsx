import { useState } from "react";
import type { Failure } from "#shared/schema/failure.ts";
import { Button } from "../ui/Button.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Notice } from "../ui/Notice.tsx";
import { words } from "../words/words.ts";
import { X } from "lucide-react";
import { failureWords } from "./failures.ts";
import styles from "./Notices.module.css";

/** What is wrong with where Hearth lives, each said once at the top of the window. */
export function Notices({ failures }: { failures: Failure[] }) {
    const [closed, setClosed] = useState<readonly string[]>([]);
    const open = failures.filter(({ code }) => !closed.includes(code));
    if (open.length === 0) return null;
    return (
        <div className={styles.notices}>
            {open.map((failure) => {
                const { sentence, button, action } = failureWords(failure);
                const close = () => setClosed([...closed, failure.code]);
                return (
                    <Notice
                        key={failure.code}
                        kind="tight"
                        action={
                            action === "dismiss" ? (
                                <Button size="small" onPress={close}>
                                    {button}
                                </Button>
                            ) : (
                                // What else could help is done outside of Hearth, and seen at its next start.
                                <IconButton name={words.frame.close} onClick={close}>
                                    <X aria-hidden="true" size={18} strokeWidth={1.6} />
                                </IconButton>
                            )
                        }
                    >
                        {sentence}
                    </Notice>
                );
            })}
        </div>
    );
}
