/** Nothing that could hold a secret reaches a process that reads strangers' files. */
const passedOn =
    /^(PATH|HOME|LANG|LC_|TMPDIR|TEMP|TMP|SystemRoot|USERPROFILE|LD_LIBRARY_PATH|DYLD_|CUDA_|GGML_|VK_|HEARTH_GPU|XDG_RUNTIME_DIR)/;

/** The environment of engine and inspector, in both shells. */
export const childEnvironment = (env: NodeJS.ProcessEnv = process.env): Record<string, string> =>
    Object.fromEntries(
        Object.entries(env).flatMap(([name, value]) =>
            value !== undefined && passedOn.test(name) ? [[name, value]] : [],
        ),
    );
