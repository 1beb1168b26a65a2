'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { readSoukError } from '@souk/api/client-error'
import type { Product } from '@souk/product/contract'
import { ConfirmDialog } from '@souk/ui/admin-confirm'
import { useToast } from '@souk/ui/toast'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { paths } from '../../paths.ts'
import { BasicsSection } from './basics-section.tsx'
import { ColoursSection } from './colours-section.tsx'
import { DetailsSection } from './details-section.tsx'
import { OptionsSection } from './options-section.tsx'
import { PicturesSection } from './pictures-section.tsx'
import { valuesOf } from './product-input.ts'
import { emptyProduct, ProductValues } from './product-values.ts'
import { SaveBar } from './save-bar.tsx'
import { fieldFaults } from './save-problem.ts'
import { SaveProblem } from './save-problem-notice.tsx'
import { usePictures } from './use-pictures.ts'
import { useSaveProduct } from './use-save-product.ts'
import { useUnsavedGuard } from './use-unsaved-guard.ts'
import { VariantsSection } from './variants-section.tsx'

/** One form for a new product and for an existing one. `onReload` throws the edits away and shows what the shop has. */
export function ProductForm({ product: given, onReload }: { product?: Product; onReload?: () => void }) {
  const [product, setProduct] = useState(given)
  const [problem, setProblem] = useState<unknown>()
  const notice = useRef<HTMLDivElement>(null)
  const router = useRouter()
  const toast = useToast()
  const pictures = usePictures(product)
  const save = useSaveProduct(product, pictures, setProduct)
  const form = useForm<ProductValues>({
    resolver: zodResolver(ProductValues),
    defaultValues: given ? valuesOf(given) : emptyProduct,
  })
  const { isDirty: hasTyped, isSubmitting } = form.formState
  const isDirty = hasTyped || pictures.isDirty
  const guard = useUnsavedGuard(isDirty)

  const refuse = (error: unknown, values: ProductValues) => {
    setProblem(error)
    const faults = fieldFaults(readSoukError(error), values)
    for (const fault of faults) form.setError(fault.path, { message: fault.message })
    if (faults[0]) form.setFocus(faults[0].path)
    else requestAnimationFrame(() => notice.current?.focus())
  }
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      const saved = await save(values)
      form.reset(valuesOf(saved.product))
      if (saved.failedPictures > 0) {
        toast({ text: 'The product is saved, but not every picture. See which below.' })
        return
      }
      pictures.reset(saved.product.images)
      toast({ text: `${saved.product.name} is saved` })
      if (!given) router.replace(paths.product(saved.product.id))
    } catch (error) {
      refuse(error, values)
    }
  })

  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {problem !== undefined && <SaveProblem ref={notice} error={problem} onReload={onReload} />}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <BasicsSection category={product?.category} />
            <PicturesSection pictures={pictures} />
            <ColoursSection />
            <OptionsSection />
            <VariantsSection />
          </div>
          <DetailsSection />
        </div>
        <SaveBar isDirty={isDirty} isSaving={isSubmitting} isNew={!product} />
      </form>
      <ConfirmDialog
        isOpen={guard.leaving !== undefined}
        onOpenChange={(isOpen) => !isOpen && guard.stay()}
        title="Leave without saving?"
        keepLabel="Stay here"
        confirmLabel="Discard the changes"
        onConfirm={guard.leave}
      >
        <p>What you changed on this page is not saved yet and will be lost.</p>
      </ConfirmDialog>
    </FormProvider>
  )
}
