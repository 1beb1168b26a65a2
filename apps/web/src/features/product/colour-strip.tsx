import type { Facets } from '@souk/product/contract'
import Link from 'next/link'
import { familyTones, inPaintOrder } from '../../colour-families.ts'
import { paths } from '../../paths.ts'

/** The shop as a paint card: one strip per family of colour. */
export function ColourStrip({ families }: { families: Facets['families'] }) {
  return (
    <ul className="grid grid-cols-4 sm:grid-cols-7 lg:flex">
      {inPaintOrder(families).map(({ slug, name, count }) => (
        <li key={slug} className="group relative lg:flex-1">
          <span
            aria-hidden="true"
            className="photograph block h-20 ring-1 ring-line ring-inset md:h-28"
            style={{ background: familyTones[slug] ?? 'var(--tile)' }}
          />
          <span className="block pt-2 pb-4 text-sm">
            <Link
              href={paths.colour(slug)}
              className="underline-offset-4 after:absolute after:inset-0 group-hover:underline"
            >
              {name}
            </Link>
            <span className="figures block text-ink-soft">
              {count}
              <span className="sr-only"> products</span>
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
