'use client'

import { readSoukError } from '@souk/api/client-error'
import { ChangePassword } from '@souk/identity/contract'
import { TextField } from '@souk/ui/text-field'
import { useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { useContractForm } from '../../forms/use-contract-form.ts'
import { paths } from '../../paths.ts'
import { FormFrame } from './form-frame.tsx'
import { leaveTo, signInWith } from './sign-in-client.ts'

const initial = { currentPassword: '', newPassword: '' }
const names = { currentPassword: 'your current password', newPassword: 'a new password' }

export function ChangePasswordForm({ email }: { email: string }) {
  const { client } = useShop()
  const form = useContractForm({ schema: ChangePassword, initial, names })
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<string>()

  async function submit(): Promise<void> {
    const change = form.submit()
    if (!change) return
    setIsBusy(true)
    setFault(undefined)
    try {
      await client.account.changePassword.mutate(change)
      // Every session ends with the old password, this one too: open a new one before anything else is asked.
      const problem = await signInWith({ email, password: change.newPassword })
      leaveTo(problem === undefined ? `${paths.account()}?password=changed` : paths.signIn(paths.account()))
    } catch (error) {
      setFault(readSoukError(error).message)
      setIsBusy(false)
    }
  }

  return (
    <FormFrame
      label="Change your password"
      submitLabel="Change password"
      isBusy={isBusy}
      fault={fault}
      faultTitle="The password was not changed"
      onSubmit={submit}
    >
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <TextField
        label="Current password"
        type="password"
        autoComplete="current-password"
        {...form.field('currentPassword')}
      />
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        hint="At least 10 characters."
        {...form.field('newPassword')}
      />
    </FormFrame>
  )
}
