import "./strict-page.ts";
import "../ui/fonts.ts";
import "../ui/tokens.css";
import "../ui/base.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { ApiContext } from "./api-context.ts";
import { App } from "./App.tsx";
import { connect } from "./connect.ts";

// A wrong call fails the same way twice, and a lost line is waited for below; so nothing is asked again by itself.
const queries = new QueryClient({
    defaultOptions: {
        queries: { retry: false, staleTime: 30_000, networkMode: "always" },
        mutations: { networkMode: "always" },
    },
});
const connection = connect();
const root = document.getElementById("root");
if (root)
    createRoot(root).render(
        <StrictMode>
            <QueryClientProvider client={queries}>
                <ApiContext value={connection.api}>
                    <Router hook={useHashLocation}>
                        <App connection={connection} />
                    </Router>
                </ApiContext>
            </QueryClientProvider>
        </StrictMode>,
    );
