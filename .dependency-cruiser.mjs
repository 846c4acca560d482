// Which way imports go: docs/architecture.md. Each rule is a door; scripts/check.mjs fails below an expected module count,
// since dependency-cruiser reads no TypeScript at all, and says nothing, under an unknown compiler.
const rooms = "(first-run|home|chat|gallery)";
const door = (name, from, to) => ({ name, severity: "error", from, to });
const notTests = "\\.(test|fixtures)\\.tsx?$";

export default {
    forbidden: [
        door("no-cycles", {}, { circular: true }),
        door(
            "domain-runs-alone",
            { path: "^src/shared/domain/", pathNot: notTests },
            { pathNot: "^src/shared/domain/", dependencyTypesNot: ["type-only"] },
        ),
        door(
            "sides-meet-in-shared",
            { path: "^src/(main|renderer)/" },
            { path: "^src/(main|renderer)/", pathNot: "^src/$1/" },
        ),
        door("shared-stays-below", { path: "^src/shared/", pathNot: notTests }, { path: "^src/(main|renderer)/" }),
        door(
            "electron-in-its-shell",
            { path: "^src/", pathNot: "^src/main/app/" },
            { path: "^electron$|node_modules/electron/" },
        ),
        // The inspector borrows the library's chat formats, never its native half: src/main/inspector/template.
        door(
            "llama-in-the-engine",
            { path: "^src/", pathNot: "^src/main/(engine|prompt|inspector/template)/" },
            { path: "node-llama-cpp" },
        ),
        door(
            "services-know-no-shell",
            { path: "^src/main/(services|engine|inspector|storage|bandwidth)/", pathNot: notTests },
            { path: "^src/main/(app|host|cli)/" },
        ),
        door(
            "only-messages-cross",
            { path: "^src/main/services/", pathNot: notTests },
            { path: "^src/main/(engine|inspector|storage|bandwidth)/", pathNot: "/(messages|port)\\.ts$" },
        ),
        door(
            "headers-in-the-inspector",
            { path: "^src/", pathNot: `^src/main/inspector/|${notTests}` },
            { path: "^src/main/inspector/", pathNot: "/messages\\.ts$" },
        ),
        door(
            "sqlite-in-the-driver",
            { path: "^src/", pathNot: `^src/main/storage/driver\\.ts$|${notTests}` },
            { path: "^(node:)?sqlite$" },
        ),
        door(
            "contract-in-front",
            { path: "^src/main/(engine|inspector|storage|services)/", pathNot: notTests },
            { path: "node_modules/@orpc/", dependencyTypesNot: ["type-only"] },
        ),
        door(
            "rooms-do-not-visit",
            // The gallery shows rooms in their states; no room knows of it.
            { path: `^src/renderer/${rooms}/`, pathNot: "^src/renderer/gallery/" },
            { path: `^src/renderer/${rooms}/`, pathNot: "^src/renderer/$1/" },
        ),
        door(
            "ui-only-shows",
            { path: "^src/renderer/ui/", pathNot: notTests },
            { path: `^src/renderer/(app|${rooms})/|^src/shared/contract/` },
        ),
    ],
    options: {
        tsPreCompilationDeps: true,
        tsConfig: { fileName: "tsconfig.base.json" },
        doNotFollow: { path: "node_modules" },
        exclude: { path: "\\.module\\.css$" },
    },
};
