import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { ApiContext } from "../app/api-context.ts";
import { scriptedRooms } from "../app/scripted-rooms.fixtures.ts";
import { NotFound } from "../app/NotFound.tsx";
import { roomStates } from "./room-states.tsx";

/** One room with a host that is scripted into one state. */
export function RoomInState({ name }: { name: string }) {
    const state = roomStates[name];
    const [api] = useState(() => state && scriptedRooms(state.script).api);
    const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }));
    if (!state || !api) return <NotFound />;
    return (
        <QueryClientProvider client={queries}>
            <ApiContext value={api}>{state.room}</ApiContext>
        </QueryClientProvider>
    );
}
