/** The first stop of the Tab key: past the header to the content. */
export function SkipLink({
  href = '#content',
  label = 'Skip to content',
}: {
  href?: string
  label?: string
}) {
  return (
    <a
      href={href}
      className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-60 focus:rounded-control focus:bg-ink focus:px-4 focus:py-3 focus:text-paper"
    >
      {label}
    </a>
  )
}
