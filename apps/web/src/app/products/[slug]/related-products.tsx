import { listRelated } from '../../../data/catalog.ts'
import { SectionHeading } from '../../../features/product/section-heading.tsx'
import { Shelf } from '../../../features/product/shelf.tsx'

/** May come late and may be missing; the page is whole without it. */
export async function RelatedProducts({ slugs }: { slugs: readonly string[] }) {
  const products = await listRelated(slugs)
  if (products.length === 0) return null
  return (
    <section aria-labelledby="related" className="mt-20">
      <SectionHeading id="related" title="Goes with it" />
      <Shelf products={products.slice(0, 4)} label="Related products" />
    </section>
  )
}
