'use client'

import type { Product } from '@souk/product/contract'
import { ConfirmDialog } from '@souk/ui/admin-confirm'
import { Button } from '@souk/ui/button'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { problemSentence } from '../../data/problem.ts'
import { paths } from '../../paths.ts'

export function RemoveProduct({ product }: { product: Product }) {
  const api = useApi()
  const queries = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  const [isOpen, setIsOpen] = useState(false)
  const remove = useMutation(
    api.admin.product.remove.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(api.admin.product.list.pathFilter())
        void queries.invalidateQueries(api.product.pathFilter())
        void queries.invalidateQueries(api.admin.stock.pathFilter())
        toast({ text: `${product.name} is removed` })
        router.push(paths.products())
      },
    }),
  )
  return (
    <>
      <Button variant="danger" size="small" onClick={() => setIsOpen(true)}>
        Remove
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={`Remove ${product.name}?`}
        keepLabel="Keep the product"
        confirmLabel="Remove the product"
        isLoading={remove.isPending}
        onConfirm={() => remove.mutate({ id: product.id })}
      >
        <p>
          It leaves the shop at once, with all its variants and pictures. Orders keep what was sold. This
          cannot be undone.
        </p>
        {remove.error && (
          <p role="alert" className="mt-2 text-danger">
            {problemSentence(remove.error)}
          </p>
        )}
      </ConfirmDialog>
    </>
  )
}
