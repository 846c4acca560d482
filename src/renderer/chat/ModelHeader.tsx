import { ChevronDown } from "lucide-react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from "react-aria-components";
import type { LocalModel } from "#shared/schema/catalog.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import { formatFileSize } from "#shared/domain/format/bytes.ts";
import type { ModelId } from "#shared/schema/ids.ts";
import { Fire } from "../ui/Fire.tsx";
import { fires } from "../ui/fires.ts";
import { showControls } from "../ui/show-controls.ts";
import { chatWords } from "../words/chat.ts";
import menu from "./Menu.module.css";
import styles from "./ModelHeader.module.css";

type Props = {
    engine: EngineState | undefined;
    models: LocalModel[];
    isOpen: boolean;
    onOpenChange: (isOpen: boolean) => void;
    onLoad: (modelId: ModelId) => void;
    onUnload: () => void;
};

/** The fire, the model in memory and what it is doing; opens the list of models on this computer. */
export function ModelHeader({ engine, models, isOpen, onOpenChange, onLoad, onUnload }: Props) {
    const model = engine?.model ?? null;
    const phase = engine?.phase ?? "none";
    const state = phase === "loading" ? chatWords.loadingAt(engine?.progress ?? null) : chatWords.engineState[phase];
    return (
        <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
            <Button className={styles.button ?? ""}>
                <Fire state={fires[phase]} />
                <span className={styles.name}>{model ? showControls(model.name) : chatWords.noModel}</span>
                {model ? <small>{state}</small> : null}
                <ChevronDown aria-hidden="true" size={15} strokeWidth={1.6} />
            </Button>
            <Popover className={`${menu.popover} ${styles.wide}`} placement="bottom start">
                <Menu
                    className={menu.menu ?? ""}
                    aria-label={chatWords.modelMenu}
                    disabledKeys={models.filter(({ shape }) => !shape).map(({ id }) => id)}
                    onAction={(key) => {
                        const chosen = models.find(({ id }) => id === key);
                        if (chosen) onLoad(chosen.id);
                        else onUnload();
                    }}
                >
                    <MenuSection>
                        <Header className={styles.section ?? ""}>{chatWords.onThisComputer}</Header>
                        {models.map((each) => (
                            <MenuItem
                                key={each.id}
                                id={each.id}
                                textValue={each.name}
                                className={`${menu.item} ${styles.item}`}
                            >
                                <b>{showControls(each.name)}</b>
                                <small>{note(each)}</small>
                                <span className={styles.size}>{formatFileSize(each.sizeBytes, "en")}</span>
                            </MenuItem>
                        ))}
                    </MenuSection>
                    {model ? (
                        <>
                            <Separator className={styles.line ?? ""} />
                            <MenuItem id="unload" className={`${menu.item} ${styles.item}`}>
                                {chatWords.unload}
                            </MenuItem>
                        </>
                    ) : null}
                </Menu>
            </Popover>
        </MenuTrigger>
    );
}

function note({ shape, isStarter, fileName }: LocalModel): string {
    if (!shape) return chatWords.unreadable;
    return isStarter ? chatWords.practice : showControls(fileName);
}
