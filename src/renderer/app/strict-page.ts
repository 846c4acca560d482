import { z } from "zod";
import { refuseHtml } from "./trusted-types.ts";

// Imported first: the page's policy allows no code made from text, which zod would otherwise try once.
z.config({ jitless: true });
refuseHtml();
