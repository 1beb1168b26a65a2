import type { Product, Variant } from '@souk/product/contract'

/** For search engines. `<` is escaped, so that no product text can end the script. */
export function ProductJsonLd({ product, url }: { product: Product; url: string }) {
  const text = JSON.stringify(productJsonLd(product, url)).replaceAll('<', '\\u003c')
  // biome-ignore lint/security/noDangerouslySetInnerHtml: data, not markup, and escaped above
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: text }} />
}

export function productJsonLd(product: Product, url: string): Record<string, unknown> {
  return {
    '@context': 'https://schema.org',
    '@type': 'ProductGroup',
    productGroupID: product.id,
    name: product.name,
    description: product.shortDescription || product.description,
    url,
    image: product.images.map((image) => image.url),
    category: product.category.name,
    brand: { '@type': 'Brand', name: 'Souk' },
    ...(product.materials.length > 0 ? { material: product.materials.join(', ') } : {}),
    ...(product.rating && product.rating.count > 0
      ? {
          aggregateRating: {
            '@type': 'AggregateRating',
            ratingValue: product.rating.average,
            reviewCount: product.rating.count,
          },
        }
      : {}),
    hasVariant: product.variants.map((variant) => variantJsonLd(product, variant, url)),
  }
}

function availabilityOf(variant: Variant): string {
  if (variant.shipsLater) return 'BackOrder'
  return variant.available ? 'InStock' : 'OutOfStock'
}

function variantJsonLd(product: Product, variant: Variant, url: string): Record<string, unknown> {
  return {
    '@type': 'Product',
    name: `${product.name}, ${variant.optionsLabel}`,
    sku: variant.sku,
    ...(variant.barcode ? { gtin: variant.barcode } : {}),
    offers: {
      '@type': 'Offer',
      url: `${url}?${new URLSearchParams(variant.options)}`,
      price: (variant.price.amount / 100).toFixed(2),
      priceCurrency: variant.price.currency,
      availability: `https://schema.org/${availabilityOf(variant)}`,
    },
  }
}
