'use client'

import { SignIn } from '@souk/identity/contract'
import { TextField } from '@souk/ui/text-field'
import { useState } from 'react'
import { useContractForm } from '../../forms/use-contract-form.ts'
import { FormFrame } from './form-frame.tsx'
import { leaveTo, signInWith } from './sign-in-client.ts'

const initial = { email: '', password: '' }
const names = { email: 'your e-mail address', password: 'your password' }

export function SignInForm({ returnTo }: { returnTo: string }) {
  const form = useContractForm({ schema: SignIn, initial, names })
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<string>()

  async function submit(): Promise<void> {
    const credentials = form.submit()
    if (!credentials) return
    setIsBusy(true)
    setFault(undefined)
    const problem = await signInWith(credentials)
    if (problem === undefined) return leaveTo(returnTo)
    setFault(problem)
    setIsBusy(false)
  }

  return (
    <FormFrame
      label="Sign in"
      submitLabel="Sign in"
      isBusy={isBusy}
      fault={fault}
      faultTitle="You are not signed in"
      onSubmit={submit}
    >
      <TextField label="E-mail" type="email" autoComplete="username" {...form.field('email')} />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        {...form.field('password')}
      />
    </FormFrame>
  )
}
