/** The hearth itself, for the rail. */
export function HomeIcon({ size = 21 }: { size?: number }) {
    return (
        <svg
            viewBox="0 0 24 24"
            width={size}
            height={size}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
            aria-hidden="true"
        >
            <path d="M4.5 20V11a7.5 7.5 0 0 1 15 0v9M2.8 20h18.4" />
            <path d="M12 12.2c2 1.8 2.9 3.1 2.9 4.5a2.9 2.9 0 0 1-5.8 0c0-1 .5-1.8 1.2-2.5.3.6.6.9 1 1.1.2-1 .3-1.9.7-3.1z" />
        </svg>
    );
}
