'use client'

import { Button } from '@souk/ui/button'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { leaveTo } from './sign-in-client.ts'

export function SignOutButton() {
  const [isBusy, setIsBusy] = useState(false)
  async function leave(): Promise<void> {
    setIsBusy(true)
    const { signOut } = await import('next-auth/react')
    await signOut({ redirect: false })
    leaveTo(paths.home())
  }
  return (
    <Button variant="secondary" isLoading={isBusy} loadingLabel="Signing out" onClick={() => void leave()}>
      Sign out
    </Button>
  )
}
