'use client'

import { readSoukError } from '@souk/api/client-error'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { QuantityStepper } from '@souk/ui/quantity-stepper'
import { useToast } from '@souk/ui/toast'
import { useState } from 'react'
import { useCartDoor } from './cart-door.tsx'
import { useAddToCart } from './use-cart.ts'

type AddToCartProps = {
  sku: string
  /** Product and variant, as a person would say them. */
  name: string
  /** Why it cannot be bought, when it cannot. */
  unavailableReason?: string
  /** How many there are, when few are. */
  left: number | null
}

export function AddToCart({ sku, name, unavailableReason, left }: AddToCartProps) {
  const [quantity, setQuantity] = useState(1)
  const add = useAddToCart()
  const toast = useToast()
  const { open } = useCartDoor()

  function press(): void {
    add.mutate(
      { sku, quantity },
      {
        onSuccess: () => {
          setQuantity(1)
          const count = quantity > 1 ? `${quantity} × ` : ''
          toast({ text: `${count}${name} is in your cart.`, action: { label: 'View cart', onPress: open } })
        },
      },
    )
  }

  if (unavailableReason) {
    return (
      <Button size="large" isWide disabledReason={unavailableReason}>
        Add to cart
      </Button>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-3">
        <QuantityStepper
          label="Quantity"
          value={quantity}
          max={Math.max(1, left ?? 999)}
          onValueChange={setQuantity}
          className="h-13"
        />
        <div className="min-w-40 flex-1">
          <Button size="large" isWide isLoading={add.isPending} loadingLabel="Adding to cart" onClick={press}>
            Add to cart
          </Button>
        </div>
      </div>
      {add.isError && (
        <Alert tone="error" title="It was not added to your cart">
          {readSoukError(add.error).message}
        </Alert>
      )}
    </div>
  )
}
