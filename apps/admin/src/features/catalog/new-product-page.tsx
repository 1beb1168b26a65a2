import { PageHeader } from '@souk/ui/admin-page'
import { BackLink } from '../../frame/back-link.tsx'
import { paths } from '../../paths.ts'
import { ProductForm } from './product-form.tsx'

export function NewProductPage() {
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.products()}>Products</BackLink>}
        title="New product"
        description="On sale as soon as it is created, as far as there is stock."
      />
      <ProductForm />
    </>
  )
}
