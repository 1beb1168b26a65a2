'use client'

import { readSoukError } from '@souk/api/client-error'
import { Register } from '@souk/identity/contract'
import { TextField } from '@souk/ui/text-field'
import { useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { useContractForm } from '../../forms/use-contract-form.ts'
import { FormFrame } from './form-frame.tsx'
import { leaveTo, signInWith } from './sign-in-client.ts'

const initial = { name: '', email: '', password: '' }
const names = { name: 'your name', email: 'your e-mail address', password: 'a password' }

export function RegisterForm({ returnTo, signInPath }: { returnTo: string; signInPath: string }) {
  const { client } = useShop()
  const form = useContractForm({ schema: Register, initial, names })
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<string>()

  async function submit(): Promise<void> {
    const person = form.submit()
    if (!person) return
    setIsBusy(true)
    setFault(undefined)
    try {
      await client.account.register.mutate(person)
      // The account exists from here on: if signing in fails, that is what is left to do.
      const problem = await signInWith(person)
      leaveTo(problem === undefined ? returnTo : signInPath)
    } catch (error) {
      setFault(readSoukError(error).message)
      setIsBusy(false)
    }
  }

  return (
    <FormFrame
      label="Create an account"
      submitLabel="Create account"
      isBusy={isBusy}
      fault={fault}
      faultTitle="The account was not created"
      onSubmit={submit}
    >
      <TextField label="Name" autoComplete="name" {...form.field('name')} />
      <TextField label="E-mail" type="email" autoComplete="email" {...form.field('email')} />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        hint="10 characters or more. A few words in a row are good."
        {...form.field('password')}
      />
    </FormFrame>
  )
}
