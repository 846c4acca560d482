import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { render } from "vitest-browser-react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import "../ui/tokens.css";
import "../ui/base.css";
import { ApiContext } from "./api-context.ts";
import { type RoomScript, scriptedRooms } from "./scripted-rooms.fixtures.ts";

/** Renders a room on a scripted host, as the frame does, at the address given. */
export async function openRoom(room: ReactNode, script: RoomScript, path = "/") {
    const host = scriptedRooms(script);
    const { hook, history } = memoryLocation({ path, record: true });
    await render(
        <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
            <ApiContext value={host.api}>
                <Router hook={hook}>{room}</Router>
            </ApiContext>
        </QueryClientProvider>,
    );
    return { ...host, history };
}
