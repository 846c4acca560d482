import type { ChatWrapper, LlamaModel } from "node-llama-cpp";
import type { Library } from "./make-wrapper.ts";

/**
 * Whether a prompt begins with the model's beginning-of-text token is for the model's header to say, as llama.cpp has it:
 * the library's formats write it for every model, some templates for none, and twice is as wrong as missing.
 */
export function beginAsTrained({ LlamaText, SpecialToken, SpecialTokensText }: Library, model: LlamaModel) {
    const { shouldPrependBosToken, bosString } = model.tokens;
    const isBos = (part: unknown) => part instanceof SpecialToken && part.value === "BOS";
    const beginsWithBos = (part: unknown) =>
        isBos(part) || (part instanceof SpecialTokensText && bosString !== null && part.value.startsWith(bosString));
    return (wrapper: ChatWrapper): ChatWrapper => {
        const layOut = wrapper.generateContextState.bind(wrapper);
        wrapper.generateContextState = (options) => {
            const state = layOut(options);
            const { values } = state.contextText;
            if (!shouldPrependBosToken && isBos(values[0]))
                return { ...state, contextText: LlamaText(values.slice(1)) };
            if (shouldPrependBosToken && !beginsWithBos(values[0]))
                return { ...state, contextText: LlamaText([new SpecialToken("BOS"), ...values]) };
            return state;
        };
        return wrapper;
    };
}
