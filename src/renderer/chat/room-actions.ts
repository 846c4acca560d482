import { createContext } from "react";

/** What a failure's button can do besides asking again. Set by the room; see FailureNote. */
export type RoomActions = {
    chooseModel: () => void;
    /** Loads the model that failed with this much conversation memory, in tokens. */
    loadWith: (contextTokens: number) => void;
    openAnother: () => void;
    /** Puts text back into the field, to be changed. */
    edit: (text: string) => void;
};

const nothing = () => {};
export const RoomActionsContext = createContext<RoomActions>({
    chooseModel: nothing,
    loadWith: nothing,
    openAnother: nothing,
    edit: nothing,
});
