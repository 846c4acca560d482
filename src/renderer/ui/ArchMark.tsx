/** The app mark: an arch of ink with one drop of ember inside. */
export function ArchMark({ size = 18 }: { size?: number }) {
    return (
        <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
            <path d="M3 21.5V11a9 9 0 0 1 18 0v10.5h-3.4V11a5.6 5.6 0 0 0-11.2 0v10.5z" fill="currentColor" />
            <path
                d="M12 11.8c2.3 2.3 3.4 4 3.4 5.9 0 2.3-1.5 3.8-3.4 3.8s-3.4-1.5-3.4-3.8c0-1.9 1.1-3.6 3.4-5.9z"
                fill="var(--ember)"
            />
        </svg>
    );
}
