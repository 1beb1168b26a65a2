import { Breadcrumbs } from '@souk/ui/breadcrumbs'
import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { findProduct } from '../../../data/catalog.ts'
import { readEnv } from '../../../env.ts'
import { AddToCart } from '../../../features/cart/add-to-cart.tsx'
import { BuyBox } from '../../../features/product/buy-box.tsx'
import { Gallery } from '../../../features/product/gallery.tsx'
import { ProductFacts } from '../../../features/product/product-facts.tsx'
import { ProductJsonLd } from '../../../features/product/product-json-ld.tsx'
import { chooseVariant, galleryOf, pictureOf, stockText } from '../../../features/product/product-view.ts'
import type { SearchParams } from '../../../features/search/product-filters.ts'
import { paths } from '../../../paths.ts'
import { RelatedProducts } from './related-products.tsx'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const product = await findProduct((await params).slug)
  if (!product) notFound()
  const picture = pictureOf(product)
  const description = product.shortDescription || product.description.slice(0, 160)
  return {
    title: product.name,
    description,
    alternates: { canonical: paths.product(product.slug) },
    openGraph: {
      title: product.name,
      description,
      url: paths.product(product.slug),
      images: picture
        ? [{ url: picture.url, width: picture.width, height: picture.height, alt: picture.alt }]
        : [],
    },
  }
}

export default async function ProductPage({ params, searchParams }: Props) {
  const product = await findProduct((await params).slug)
  if (!product) notFound()
  const asked = Object.fromEntries(
    Object.entries(await searchParams).flatMap(([code, value]) =>
      typeof value === 'string' ? [[code, value]] : [],
    ),
  )
  const variant = chooseVariant(product, asked)
  const stock = stockText(variant)
  return (
    <>
      <ProductJsonLd
        product={product}
        url={new URL(paths.product(product.slug), readEnv().NEXTAUTH_URL).href}
      />
      <div className="page pt-4 md:pt-6">
        <Breadcrumbs
          component={Link}
          items={[
            { label: product.category.name, href: paths.category(product.category.slug) },
            { label: product.name },
          ]}
          className="mb-4"
        />
        <div className="grid gap-x-8 gap-y-8 md:grid-cols-2 lg:grid-cols-[1.25fr_1fr] lg:gap-x-12 xl:gap-x-20">
          <Gallery
            images={galleryOf(product, variant?.options.colour)}
            name={product.name}
            slug={product.slug}
          />
          <div className="md:sticky md:top-6 md:h-fit xl:top-28">
            <BuyBox product={product} variant={variant}>
              {variant && (
                <AddToCart
                  key={variant.sku}
                  sku={variant.sku}
                  name={variant.optionsLabel ? `${product.name}, ${variant.optionsLabel}` : product.name}
                  left={variant.lowStock}
                  unavailableReason={
                    stock && !stock.isAvailable
                      ? product.available
                        ? 'Sold out in this version. Choose another above.'
                        : 'Sold out at the moment.'
                      : undefined
                  }
                />
              )}
            </BuyBox>
            <div className="mt-10">
              <ProductFacts product={product} variant={variant} />
            </div>
          </div>
        </div>
        <Suspense>
          <RelatedProducts slugs={product.related} />
        </Suspense>
      </div>
    </>
  )
}
