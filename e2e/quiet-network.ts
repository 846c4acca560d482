import { spawnSync } from "node:child_process";

/**
 * A network of its own for a command and all that it starts: loopback, and one interface to which everything for any other
 * computer goes and is counted. IPv6 is off there, so that the system itself has nothing to say on it.
 */
const SET_UP = [
    "ip link set lo up",
    "ip link add out0 type veth peer name far0",
    "for each in out0 far0; do echo 1 > /proc/sys/net/ipv6/conf/$each/disable_ipv6; done",
    "ip addr add 192.0.2.2/24 dev out0",
    "ip link set far0 up",
    "ip link set out0 up",
    // Known to exist, so that the first packet to it is the program's own and no question of the system's.
    "ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev out0",
    "ip route add default via 192.0.2.1",
].join(" && ");

/** The command line that runs a command in such a network. */
export const inQuietNetwork = (command: string[]): string[] => [
    "unshare",
    "--map-root-user",
    "--net",
    "sh",
    "-c",
    `${SET_UP} && exec "$@"`,
    "sh",
    ...command,
];

/** Why this computer cannot watch a network so; null: it can. */
export function whyNoQuietNetwork(): string | null {
    const [program = "", ...rest] = inQuietNetwork(["true"]);
    return spawnSync(program, rest).status === 0 ? null : "no network namespace (Linux's unshare and ip)";
}
