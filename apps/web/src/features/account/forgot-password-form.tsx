'use client'

import { readSoukError } from '@souk/api/client-error'
import { RequestPasswordReset } from '@souk/identity/contract'
import { Alert } from '@souk/ui/alert'
import { TextField } from '@souk/ui/text-field'
import { useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { useContractForm } from '../../forms/use-contract-form.ts'
import { FormFrame } from './form-frame.tsx'

const initial = { email: '' }
const names = { email: 'your e-mail address' }

export function ForgotPasswordForm() {
  const { client } = useShop()
  const form = useContractForm({ schema: RequestPasswordReset, initial, names })
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const [sentTo, setSentTo] = useState<string>()

  async function submit(): Promise<void> {
    const request = form.submit()
    if (!request) return
    setIsBusy(true)
    setFault(undefined)
    try {
      await client.account.requestPasswordReset.mutate(request)
      setSentTo(request.email)
    } catch (error) {
      setFault(readSoukError(error).message)
    }
    setIsBusy(false)
  }

  if (sentTo) {
    return (
      <Alert tone="success" title="Look into your mailbox">
        If there is an account for {sentTo}, a link to choose a new password is on its way.
      </Alert>
    )
  }
  return (
    <FormFrame
      label="Reset your password"
      submitLabel="Send the link"
      isBusy={isBusy}
      fault={fault}
      faultTitle="The link was not sent"
      onSubmit={submit}
    >
      <TextField label="E-mail" type="email" autoComplete="email" {...form.field('email')} />
    </FormFrame>
  )
}
