import Link from 'next/link'

export function SectionHeading({
  id,
  title,
  link,
}: {
  id: string
  title: string
  link?: { href: string; label: string }
}) {
  return (
    <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <h2 id={id} className="display text-2xl md:text-3xl">
        {title}
      </h2>
      {link && (
        <Link href={link.href} className="link touch">
          {link.label}
        </Link>
      )}
    </div>
  )
}
