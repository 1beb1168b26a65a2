/** The arch of a market gate, and the name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <svg viewBox="0 0 24 28" width="21" height="24" aria-hidden="true" focusable="false">
        <path
          d="M1 27V12.5C1 6.2 5.4 3 12 1c6.6 2 11 5.200 11 11.500V27h-6V14c0-3-2-4.600-5-5.600-3 1-5 2.600-5 5.600v13z"
          className="fill-accent"
        />
      </svg>
      <span className="font-display text-[1.625rem] leading-none tracking-[-0.03em] [font-weight:500]">
        Souk
      </span>
    </span>
  )
}
