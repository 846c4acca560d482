import { createContext } from "react";

/** What a failure's button can do besides asking again. Set by the room; see FailureNote. */
export type RoomActions = {
    chooseModel: () => void;
    /** Loads the model that gave up with the smaller settings that were offered, then goes on. */
    loadSmaller: (goOn: () => void) => void;
    openAnother: () => void;
    /** Puts text back into the field, to be changed. */
    edit: (text: string) => void;
};

const nothing = () => {};
export const RoomActionsContext = createContext<RoomActions>({
    chooseModel: nothing,
    loadSmaller: nothing,
    openAnother: nothing,
    edit: nothing,
});
