'use client'

import type { Location } from '@souk/inventory/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { useStockRefresh } from './use-stock-writes.ts'

/** A code made of a name: `Back room` is `back-room`. */
export function codeOf(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
}

export function LocationDialog({ location, onClose }: { location?: Location; onClose: () => void }) {
  const api = useApi()
  const toast = useToast()
  const refresh = useStockRefresh()
  const [name, setName] = useState(location?.name ?? '')
  const [isChecked, setIsChecked] = useState(false)
  const done = {
    onSuccess: (saved: Location) => {
      toast({ text: `${saved.name} is saved.` })
      onClose()
    },
    onSettled: refresh,
  }
  const create = useMutation(api.admin.location.create.mutationOptions(done))
  const update = useMutation(api.admin.location.update.mutationOptions(done))
  const code = codeOf(name)
  const error = create.error ?? update.error
  const isPending = create.isPending || update.isPending
  const isRight = name.trim() !== '' && (location !== undefined || code !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (!isRight || isPending) return
    if (location) update.mutate({ id: location.id, name })
    else create.mutate({ code, name })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={location ? `Rename ${location.name}` : 'New location'}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {error && <ProblemNotice title="The location was not saved" error={error} />}
        <TextField
          label="Name"
          value={name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
          {...(isChecked && !isRight ? { error: 'A name with letters or digits.' } : {})}
          {...(location || code === '' ? {} : { hint: `Its code will be ${code}.` })}
        />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Leave as it is
          </Button>
          <Button type="submit" size="small" isLoading={isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
