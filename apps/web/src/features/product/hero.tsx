import type { Product } from '@souk/product/contract'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { Photograph } from '../../photograph.tsx'
import { pictureOf } from './product-view.ts'

/** One photograph whose backdrop runs on into the band it stands in. */
export function Hero({ product }: { product: Product | undefined }) {
  return (
    <section aria-labelledby="welcome" className="backdrop text-tile-ink">
      <div className="page grid items-center md:min-h-[30rem] md:grid-cols-2 lg:min-h-[36rem]">
        <div className="max-w-xl py-10 md:py-16">
          <h1 id="welcome" className="display text-3xl md:text-4xl lg:text-[3.5rem] lg:leading-[1.05]">
            Things for rooms that are lived in
          </h1>
          <p className="mt-4 max-w-md text-lg">
            Tableware, lamps and furniture in clay, wood, glass and wool, made to be used every day.
          </p>
          <div className="mt-7 flex flex-wrap items-center gap-x-6 gap-y-3">
            <Link
              href={paths.products()}
              className="inline-flex min-h-11 items-center rounded-control bg-tile-ink px-5 font-medium text-tile-paper transition-opacity hover:opacity-85"
            >
              See all products
            </Link>
            {product && (
              <Link href={paths.product(product.slug)} className="touch underline underline-offset-4">
                {product.name}
              </Link>
            )}
          </div>
        </div>
        {product && (
          <Link
            href={paths.product(product.slug)}
            aria-hidden="true"
            tabIndex={-1}
            className="-mx-4 block md:mx-0 md:-mr-6 lg:-mr-10"
          >
            <Photograph
              image={pictureOf(product)}
              sizes="(min-width: 768px) 50vw, 100vw"
              alt=""
              isFirst
              className="hero-photograph"
            />
          </Link>
        )}
      </div>
    </section>
  )
}
