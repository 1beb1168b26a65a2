'use client'

import { readSoukError } from '@souk/api/client-error'
import type { SavedAddress } from '@souk/identity/contract'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { Checkbox } from '@souk/ui/checkbox'
import { Drawer } from '@souk/ui/dialog'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { AddressFields, useAddressForm } from '../../forms/address-fields.tsx'

type AddressEditorProps = {
  /** The address to change; none for a new one. */
  saved: SavedAddress | undefined
  isFirst: boolean
  onClose: () => void
  onSaved: () => Promise<void>
}

export function AddressEditor({ saved, isFirst, onClose, onSaved }: AddressEditorProps) {
  const { client } = useShop()
  const form = useAddressForm(saved?.address)
  const [isDefault, setIsDefault] = useState(saved?.isDefault ?? isFirst)
  const formId = useId()
  const save = useMutation({
    mutationFn: (input: Parameters<typeof client.address.save.mutate>[0]) =>
      client.address.save.mutate(input),
    onSuccess: onSaved,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    const address = form.submit()
    if (address && !save.isPending) save.mutate({ id: saved?.id, address, isDefault })
  }

  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={saved ? 'Edit address' : 'New address'}
      footer={
        <Button type="submit" form={formId} isWide isLoading={save.isPending} loadingLabel="Saving">
          Save address
        </Button>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
        {save.isError && (
          <Alert tone="error" title="The address was not saved">
            {readSoukError(save.error).message}
          </Alert>
        )}
        <AddressFields form={form} section="section-book" />
        <Checkbox
          label="Fill this one in first at checkout"
          checked={isDefault}
          onChange={(event) => setIsDefault(event.target.checked)}
        />
      </form>
    </Drawer>
  )
}
