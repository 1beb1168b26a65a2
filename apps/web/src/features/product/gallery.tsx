import type { Image } from '@souk/product/contract'
import { ViewTransition } from 'react'
import { Photograph } from '../../photograph.tsx'

const wide = '(min-width: 1360px) 44rem, (min-width: 1024px) 55vw, (min-width: 768px) 50vw, 100vw'

/** On a phone a strip to swipe; on a wide screen the pictures below each other. No script in either. */
export function Gallery({ images, name, slug }: { images: readonly Image[]; name: string; slug: string }) {
  const [first, ...others] = images
  return (
    <section aria-label={`Photographs of ${name}`} className="-mx-4 md:mx-0">
      <ul
        tabIndex={images.length > 1 ? 0 : undefined}
        className="flex snap-x snap-mandatory overflow-x-auto bg-tile [scrollbar-width:none] md:block md:overflow-visible"
      >
        <li className="w-full shrink-0 snap-center">
          <ViewTransition name={`product-${slug}`} share="auto" default="none">
            <div className="overflow-hidden bg-tile">
              <Photograph image={first} sizes={wide} isFirst alt={first?.alt || name} />
            </div>
          </ViewTransition>
        </li>
        {others.map((image) => (
          <li key={image.id} className="w-full shrink-0 snap-center">
            <Photograph image={image} sizes={wide} alt={image.alt || name} />
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <p aria-hidden="true" className="px-4 pt-2 text-ink-soft text-sm md:hidden">
          {images.length} photographs, swipe for more
        </p>
      )}
    </section>
  )
}
