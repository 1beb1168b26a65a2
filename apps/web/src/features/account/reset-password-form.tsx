'use client'

import { readSoukError } from '@souk/api/client-error'
import { Password } from '@souk/identity/contract'
import { Alert } from '@souk/ui/alert'
import { LinkButton } from '@souk/ui/link-button'
import { TextField } from '@souk/ui/text-field'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { useShop } from '../../browser/shop-provider.tsx'
import { useContractForm } from '../../forms/use-contract-form.ts'
import { paths } from '../../paths.ts'
import { FormFrame } from './form-frame.tsx'

const NewPassword = z.object({ password: Password })
const initial = { password: '' }
const names = { password: 'a new password' }

export function ResetPasswordForm({ token }: { token: string }) {
  const { client } = useShop()
  const form = useContractForm({ schema: NewPassword, initial, names })
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const [isDone, setIsDone] = useState(false)

  // The key works once; it should not stay in the address or the history.
  useEffect(() => history.replaceState(history.state, '', location.pathname), [])

  async function submit(): Promise<void> {
    const chosen = form.submit()
    if (!chosen) return
    setIsBusy(true)
    setFault(undefined)
    try {
      await client.account.resetPassword.mutate({ token, password: chosen.password })
      setIsDone(true)
    } catch (error) {
      setFault(readSoukError(error).message)
    }
    setIsBusy(false)
  }

  if (isDone) {
    return (
      <Alert
        tone="success"
        title="Your password is changed"
        actions={
          <LinkButton component={Link} href={paths.signIn()}>
            Sign in
          </LinkButton>
        }
      >
        You are signed out everywhere. Sign in with the new password.
      </Alert>
    )
  }
  return (
    <FormFrame
      label="Choose a new password"
      submitLabel="Change password"
      isBusy={isBusy}
      fault={fault}
      faultTitle="The password was not changed"
      onSubmit={submit}
    >
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        hint="At least 10 characters."
        {...form.field('password')}
      />
    </FormFrame>
  )
}
