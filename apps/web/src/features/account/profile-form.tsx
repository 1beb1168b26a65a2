'use client'

import { readSoukError } from '@souk/api/client-error'
import { UpdateProfile } from '@souk/identity/contract'
import { Alert } from '@souk/ui/alert'
import { TextField } from '@souk/ui/text-field'
import { useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { useContractForm } from '../../forms/use-contract-form.ts'
import { FormFrame } from './form-frame.tsx'

const names = { name: 'your name' }

export function ProfileForm({ name, email }: { name: string; email: string }) {
  const { client } = useShop()
  const form = useContractForm({ schema: UpdateProfile, initial: { name }, names })
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const [isDone, setIsDone] = useState(false)

  async function submit(): Promise<void> {
    const profile = form.submit()
    if (!profile) return
    setIsBusy(true)
    setFault(undefined)
    setIsDone(false)
    try {
      await client.account.updateProfile.mutate(profile)
      setIsDone(true)
    } catch (error) {
      setFault(readSoukError(error).message)
    }
    setIsBusy(false)
  }

  return (
    <FormFrame
      label="Your profile"
      submitLabel="Save"
      isBusy={isBusy}
      fault={fault}
      faultTitle="The profile was not saved"
      onSubmit={submit}
    >
      {isDone && <Alert tone="success" title="Your profile is saved" />}
      <TextField label="Name" autoComplete="name" {...form.field('name')} />
      <TextField
        label="E-mail"
        type="email"
        value={email}
        readOnly
        disabled
        hint="The address you sign in with cannot be changed here."
      />
    </FormFrame>
  )
}
