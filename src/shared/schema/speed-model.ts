import { z } from "zod";

const DecodeClass = z.object({
    /** Share of the peak bandwidth that this class reaches with Q4_K weights. */
    eta: z.number().positive(),
    /** Fixed cost a layer, in microseconds. */
    tau_us: z.number().nonnegative(),
    s_device: z.number().positive(),
    s_row: z.number().positive(),
});

/** resources/data/speed-model.json: the fitted parameters of the decode and prefill model. Symbols as in its formulas. */
export const SpeedModel = z.object({
    decode: z.object({
        classes: z.record(z.string(), DecodeClass),
        phi_gpu: z.record(z.string(), z.number().positive()),
        phi_cpu: z.record(z.string(), z.number().positive()),
        kappa: z.object({ gpu: z.number().positive(), cpu: z.number().positive() }),
        overhead_factor: z.record(z.string(), z.number().positive()),
        unknown_device: z.record(z.string(), z.object({ eta: z.number(), tau_us: z.number(), s: z.number() })),
        z80: z.number().positive(),
    }),
    prefill: z.object({
        classes: z.record(z.string(), z.object({ eta: z.number().positive(), s: z.number().positive() })),
        psi_quant: z.record(z.string(), z.number().positive()),
        chi_arch: z.record(z.string(), z.number().positive()),
        alpha_attention: z.number().positive(),
        no_flash_attention: z.number().positive(),
        /** Whole processors by class, in 10⁹ operations a second: median and the middle 80 % of devices. */
        cpu_total_gflops: z.record(
            z.string(),
            z.object({ median: z.number().positive(), p10: z.number().positive(), p90: z.number().positive() }),
        ),
    }),
});
export type SpeedModel = z.infer<typeof SpeedModel>;
